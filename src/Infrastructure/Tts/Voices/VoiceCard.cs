using Dictation.Infrastructure.Tts.Vits.HuggingFace;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>The pages on which publishers describe a voice, for the licence that they state.</summary>
internal static class VoiceCard
{
    public const string Piper = "MODEL_CARD", HuggingFace = "README.md";

    private const string Mark = "license:";

    /// <summary>The most characters of a licence's name.</summary>
    private const int MaxLicence = 200;

    public static bool IsCard(string path) => path is Piper or HuggingFace;

    /// <summary>The licence as a folder's card states it; null where none does.</summary>
    public static string? Licence(string directory) => OfPiper(Path.Combine(directory, Piper)) ?? OfHuggingFace(Path.Combine(directory, HuggingFace));

    /// <summary>Piper's cards say <c>* License: CC0</c>.</summary>
    public static string? OfPiper(string card) => First(VoiceFiles.Head(card).Select(line => line.Trim(' ', '*', '-')));

    /// <summary>Those of Hugging Face begin with settings between two lines of dashes.</summary>
    public static string? OfHuggingFace(string card)
    {
        var head = VoiceFiles.Head(card);
        return head.Count == 0 || head[0].Trim() != "---" ? null : First(head.Skip(1).TakeWhile(line => line.Trim() != "---"));
    }

    private static string? First(IEnumerable<string> lines) => lines
        .Where(line => line.StartsWith(Mark, StringComparison.OrdinalIgnoreCase))
        .Select(line => line[Mark.Length..].Trim(' ', '"', '\''))
        .FirstOrDefault(licence => licence.Length is > 0 and <= MaxLicence);
}
