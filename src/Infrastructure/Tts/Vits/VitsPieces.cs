namespace Dictation.Infrastructure.Tts.Vits;

/// <summary>
/// The pieces in which a generator speaks a sentence: a short one, so that it is heard soon, then long ones, since each boundary costs the frames that
/// both sides compute. The rule depends on the number of frames alone, so that the same sentence has the same bytes, live and stored.
/// </summary>
internal static class VitsPieces
{
    /// <summary>Frames of the first piece, of the longest, and of the longest sentence that is spoken in one.</summary>
    public const int First = 32, Longest = 512, Whole = 250;

    /// <summary>The pieces of a sentence, in frames: they lie side by side and cover it.</summary>
    /// <param name="frames">At least 1.</param>
    public static IEnumerable<(int Start, int End)> For(int frames)
    {
        if (frames <= Whole)
        {
            yield return (0, frames);
            yield break;
        }

        yield return (0, First);
        var rest = frames - First;
        var count = (rest + Longest - 1) / Longest;
        for (var i = 0; i < count; i++)
        {
            yield return (First + (int)((long)rest * i / count), First + (int)((long)rest * (i + 1) / count));
        }
    }
}
