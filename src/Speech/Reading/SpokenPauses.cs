using Dictation.Speech.Audio;

namespace Dictation.Speech.Reading;

/// <summary>The silence between segments. A pause that the text asks for replaces the usual one; it is not added to it. Not thread-safe.</summary>
public sealed class SpokenPauses
{
    /// <summary>The silence that is heard of a text without anything to say, in seconds at rate 1.</summary>
    public const double Nothing = 0.3;

    private double _usual;
    private double _asked;
    private bool _heard;

    /// <summary>A segment begins.</summary>
    /// <returns>Seconds before it, should it be heard.</returns>
    public double Begin(ScriptSegment segment)
    {
        _asked += segment.PauseBefore ?? 0;
        return _asked > 0 ? _asked : _usual;
    }

    /// <summary>A segment is over. One with nothing to say, such as a lone dash, is heard as its pause alone.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="heard">Whether the voice said anything.</param>
    /// <param name="rate">The rate at which it was said.</param>
    public void End(ScriptSegment segment, bool heard, double rate)
    {
        if (heard)
        {
            (_usual, _asked, _heard) = (0, 0, true);
        }

        _usual = Math.Max(_usual, SegmentJoiner.Gap(segment.Segment.Pause) / rate);
    }

    /// <summary>Seconds at the end of the text, besides <see cref="SegmentJoiner.Tail"/>.</summary>
    /// <param name="pauseAfter">What the text asks for at its end.</param>
    /// <param name="rate">The request's rate.</param>
    public double AtEnd(double pauseAfter, double rate) => pauseAfter + (_heard ? 0 : (Nothing - SegmentJoiner.Tail) / rate + _asked);
}
