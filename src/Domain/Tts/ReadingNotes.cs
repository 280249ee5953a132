namespace Dictation.Domain.Tts;

/// <summary>A part of a text that is not said.</summary>
/// <param name="Span">Where it stands in the text as submitted.</param>
/// <param name="Reason">The name of the reason.</param>
public sealed record UnspokenText(TextSpan Span, string Reason);

/// <summary>An element of markup that is not acted on; its content is said.</summary>
/// <param name="Element">The element, with the attribute where only that is not acted on.</param>
/// <param name="Span">Its start tag in the text as submitted.</param>
public sealed record UnhonouredMarkup(string Element, TextSpan Span);

/// <summary>What of a text did not become speech as it was written.</summary>
/// <param name="Unspoken">What was not said, in the order of the text; the first of them.</param>
/// <param name="UnspokenCount">How many code points were not said in all.</param>
/// <param name="Unhonoured">Markup that was not acted on, in the order of the text; the first of it.</param>
public sealed record ReadingNotes(IReadOnlyList<UnspokenText> Unspoken, int UnspokenCount, IReadOnlyList<UnhonouredMarkup> Unhonoured)
{
    /// <summary>How many parts and elements are kept.</summary>
    public const int MaxKept = 100;

    /// <summary>Null where all of the text was said.</summary>
    public static ReadingNotes? From(IReadOnlyList<UnspokenText> unspoken, IReadOnlyList<UnhonouredMarkup> unhonoured) => unspoken.Count + unhonoured.Count == 0
        ? null
        : new ReadingNotes([.. unspoken.Take(MaxKept)], unspoken.Sum(u => u.Span.End - u.Span.Start), [.. unhonoured.Take(MaxKept)]);
}
