using System.Text.Json;
using Dictation.Domain;
using Dictation.Domain.Tts;

namespace Dictation.Infrastructure.Persistence;

/// <summary>
/// The timings of an audio. They stay as long as a task or an item uses the audio. No foreign key leads to either, since the task may be
/// deleted first.
/// </summary>
/// <param name="conversionId">Names the audio.</param>
/// <param name="estimated"><see cref="SpeechTimings.Estimated"/>.</param>
/// <param name="spans">
/// A JSON list of two lists: sentences and words. Four numbers per span: code points from and to, milliseconds from and to.
/// </param>
public sealed class StoredTimings(string conversionId, bool estimated, string spans)
{
    public string ConversionId { get; private init; } = conversionId;

    public bool Estimated { get; private init; } = estimated;

    public string Spans { get; private init; } = spans;

    public static StoredTimings From(string conversionId, SpeechTimings timings) =>
        new(conversionId, timings.Estimated, JsonSerializer.Serialize<int[][]>([Numbers(timings.Sentences), Numbers(timings.Words)]));

    public SpeechTimings Timings()
    {
        var lists = JsonSerializer.Deserialize<int[][]>(Spans)!;
        return new SpeechTimings(Estimated, Read(lists[0]), Read(lists[1]));
    }

    private static int[] Numbers(IReadOnlyList<SpokenSpan> spans) =>
        [.. spans.SelectMany(s => (int[])[s.Text.Start, s.Text.End, (int)Math.Round(s.Start * 1000), (int)Math.Round(s.End * 1000)])];

    private static List<SpokenSpan> Read(int[] numbers) =>
        [.. numbers.Chunk(4).Select(n => new SpokenSpan(new TextSpan(n[0], n[1]), n[2] / 1000.0, n[3] / 1000.0))];
}
