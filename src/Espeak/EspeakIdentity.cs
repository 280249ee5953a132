namespace Dictation.Espeak;

/// <summary>What the installed library is and speaks.</summary>
/// <param name="Version">Such as <c>1.51</c>.</param>
/// <param name="SampleRate">In hertz.</param>
/// <param name="Voices">All of them.</param>
public sealed record EspeakIdentity(string Version, int SampleRate, IReadOnlyList<EspeakVoiceFile> Voices);

/// <summary>A voice of the library's.</summary>
/// <param name="Identifier">Its file, such as <c>gmw/en</c>.</param>
/// <param name="Languages">What it speaks; at least one.</param>
public sealed record EspeakVoiceFile(string Identifier, IReadOnlyList<EspeakLanguage> Languages);

/// <summary>A language that a voice speaks.</summary>
/// <param name="Priority">The lower the better.</param>
/// <param name="Code">espeak-ng's own, such as <c>en-gb</c>.</param>
public sealed record EspeakLanguage(byte Priority, string Code);
