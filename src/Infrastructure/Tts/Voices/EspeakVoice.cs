using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Dictation.Speech;
using Dictation.Speech.Audio;
using Dictation.Speech.Synthesis;
using Dictation.Speech.Tokenization;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>One of espeak-ng's own voices, for a language that no neural voice speaks.</summary>
/// <param name="Voice">The catalogue's entry.</param>
/// <param name="EspeakName">espeak-ng's name of it.</param>
public sealed record EspeakVoice(Voice Voice, string EspeakName) : InstalledVoice(Voice, "", MaxCharacters: null)
{
    /// <summary>The prefix of the names of these voices.</summary>
    public const string Prefix = "espeak-";

    public override bool ReadsDigits => true;

    public override IReadOnlyList<int> SentenceEnds(string text) => PhonemizedText.Read(text, new EspeakPhonemizer(EspeakName)).SentenceEnds();

    public override VoiceTokens Tokenize(string segment)
    {
        var phonemes = new EspeakPhonemizer(EspeakName).Read(segment).Select(clause => clause.Phonemes).Where(p => p.Length > 0).ToList();
        return new VoiceTokens([], phonemes.Count > 0, [], null, [.. string.Join(' ', phonemes).EnumerateRunes().Select(r => r.ToString())]);
    }

    /// <summary>A voice for each language that the library speaks and <paramref name="spoken"/> does not hold, the library's preferred one; none where the library is not there.</summary>
    /// <param name="spoken">BCP 47 primary languages.</param>
    public static IEnumerable<EspeakVoice> For(IReadOnlySet<string> spoken)
    {
        if (EspeakNg.Identity is not { } library)
        {
            return [];
        }

        return EspeakNg.Languages()
            .Select(code => (Code: code, Language: LanguageCode.Primary(code)))
            .Where(l => !spoken.Contains(l.Language))
            .GroupBy(l => l.Language)
            .Select(g => g.FirstOrDefault(l => l.Code == l.Language, g.First()))
            .Select(l => new EspeakVoice(
                new Voice(
                    Prefix + l.Language,
                    l.Language,
                    library.SampleRate,
                    $"espeak-ng {library.Version}",
                    "GPL-3.0-or-later",
                    "https://github.com/espeak-ng/espeak-ng",
                    VoiceEngine.EspeakNg,
                    LanguageCode.Region(l.Code)),
                l.Code));
    }

    internal override IVoiceModel Load(VoiceLoading loading) => new Model(this);

    private sealed class Model(EspeakVoice voice) : IVoiceModel
    {
        public string Device => OnnxDevice.Cpu;

        public string? WhyWhole => null;

        public SpokenSegment Speak(SegmentRequest segment, PieceSpoken spoken, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var samples = Array.ConvertAll(EspeakNg.Speak(voice.EspeakName, segment.Text), s => s / 32768f);
            if (samples.Length > 0)
            {
                spoken(segment.Rate == 1 ? samples : TimeStretch.Apply(samples, voice.Voice.SampleRate, segment.Rate), 1);
            }

            return new SpokenSegment(null, []);
        }

        public void Dispose()
        {
            // The library is the process's own.
        }
    }
}
