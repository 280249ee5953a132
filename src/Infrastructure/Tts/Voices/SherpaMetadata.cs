using System.Globalization;
using Dictation.Infrastructure.Tts.Vits.HuggingFace;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>What sherpa-onnx's exporters write into a model.</summary>
internal sealed class SherpaMetadata(IReadOnlyDictionary<string, string> values)
{
    private const string SampleRateKey = "sample_rate", CommentKey = "comment", SpeakersKey = "n_speakers", LanguageKey = "language";

    /// <summary>Whether the model is meant for sherpa-onnx.</summary>
    public bool IsThere => values.ContainsKey(SampleRateKey) && values.ContainsKey(CommentKey);

    /// <summary>The keys that every voice has.</summary>
    public static string Needed => $"{SampleRateKey}, {SpeakersKey}, {LanguageKey} and {CommentKey}";

    /// <summary>Where the voice comes from: it chooses the network's inputs.</summary>
    public string Comment => Words(CommentKey);

    /// <exception cref="VoiceException">It is none.</exception>
    public int SampleRate => Number(SampleRateKey) is >= 8000 and <= 48000 and { } rate ? (int)rate : throw Wrong(SampleRateKey, "a whole number from 8000 to 48000");

    /// <exception cref="VoiceException">It is none.</exception>
    public int Speakers => Number(SpeakersKey) is >= 0 and <= VoiceSpeakers.Most and { } count
        ? (int)count
        : throw Wrong(SpeakersKey, $"a whole number from 0 to {VoiceSpeakers.Most}");

    /// <summary>Whether a key is there that switches something on.</summary>
    public bool IsOn(string key) => Number(key) is not (null or 0);

    /// <summary>An id; 0 where none is stated.</summary>
    public long Id(string key) => Number(key) ?? 0;

    public string Words(string key) => values.GetValueOrDefault(key, "").Trim();

    /// <summary>The language, as a code: what the model names, else what the names of espeak-ng's voice and of the folder tell.</summary>
    /// <param name="names">That tell it where the model does not.</param>
    /// <exception cref="VoiceException">Nothing tells it.</exception>
    public string Language(params string?[] names) => VoiceNames.LanguageCalled(Words(LanguageKey)) ?? names.OfType<string>().FirstOrDefault()
        ?? throw new VoiceException(
            $"Its model gives its language as {SafetensorsFile.Shown(Words(LanguageKey))}, which this service does not know. "
            + "Put the code before the folder's name, as in fi_FI-name.");

    /// <returns>Null where the key is not there.</returns>
    private long? Number(string key) => Words(key) is not { Length: > 0 } words ? null
        : long.TryParse(words, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw Wrong(key, "a whole number");

    private static VoiceException Wrong(string key, string expected) => new($"{key} in its model is not {expected}.");
}
