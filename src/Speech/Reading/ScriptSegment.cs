using Dictation.Speech.Segmentation;

namespace Dictation.Speech.Reading;

/// <summary>A segment of a script and how it is said.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="SourceOf">The UTF-16 offset in the text as submitted of a character of the segment.</param>
/// <param name="Rate">Times the request's.</param>
/// <param name="PauseBefore">Seconds that the text asks for.</param>
public sealed record ScriptSegment(SpeechSegment Segment, Func<int, int> SourceOf, double Rate, double? PauseBefore)
{
    /// <summary>The same with at least that pause behind it.</summary>
    internal ScriptSegment EndingWith(Pause pause) => Segment.Pause >= pause ? this : this with { Segment = Segment with { Pause = pause } };

    /// <summary>The same, where the sentence goes on behind it, unless its marks end it.</summary>
    internal ScriptSegment GoingOn() => Segment.Pause != Pause.Sentence || Segment.Text[^1] is '.' or '!' or '?'
        ? this
        : this with { Segment = Segment with { Pause = Segment.Text[^1] is ',' or ';' or ':' or '-' ? Pause.Clause : Pause.None } };
}
