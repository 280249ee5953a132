using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Dictation.Speech;
using Dictation.Speech.Tokenization;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>
/// The library libespeak-ng (speak_lib.h), where the machine has it: phonemes for voices that need them, and speech of its own. The library
/// has one state for the whole process and is not thread-safe, so every call waits for the one before. It is looked for until it is found.
/// </summary>
public static unsafe partial class EspeakNg
{
    /// <summary>Advice when the library is missing.</summary>
    public const string Absent = "the library libespeak-ng is not on this server. Install it (on Debian and Ubuntu: apt-get install libespeak-ng1)";

    private const int Synchronous = 2, DoNotExit = 0x8000, Utf8 = 1, ByCharacter = 1, Ok = 0;

    private static readonly string[] FileNames = OperatingSystem.IsWindows() ? ["libespeak-ng.dll", "espeak-ng.dll"]
        : OperatingSystem.IsMacOS() ? ["libespeak-ng.1.dylib", "libespeak-ng.dylib", "/opt/homebrew/lib/libespeak-ng.dylib"]
        : ["libespeak-ng.so.1", "libespeak-ng.so"];

    private static readonly Lock Gate = new();

    /// <summary>The files of voices that are not called by their names.</summary>
    private static readonly Dictionary<string, string> Identifiers = new(StringComparer.Ordinal);

    private static Library? _library;
    private static List<short>? _spoken;

    /// <summary>Whether the library is there.</summary>
    public static bool IsThere
    {
        get
        {
            lock (Gate)
            {
                return TryLoad() is not null;
            }
        }
    }

    /// <summary>The library's version and sample rate in hertz; null where it is not there.</summary>
    public static (string Version, int SampleRate)? Identity
    {
        get
        {
            lock (Gate)
            {
                return TryLoad() is { } library ? (library.Version, library.SampleRate) : null;
            }
        }
    }

    /// <summary>Why the library cannot pronounce for a voice, in a sentence; null when it can.</summary>
    /// <param name="voice">A name or language of espeak-ng's, such as <c>fi</c>.</param>
    public static string? Problem(string voice)
    {
        lock (Gate)
        {
            return TryLoad() is not { } library ? $"It needs espeak-ng's phonemes, and {Absent}."
                : !TrySetVoice(library, voice) ? $"It needs espeak-ng's voice {voice}, which the installed espeak-ng {library.Version} does not have."
                : null;
        }
    }

    /// <summary>The clauses of a text as the library reads them.</summary>
    /// <param name="voice">A name or language of espeak-ng's, such as <c>fi</c>.</param>
    /// <param name="text">Well-formed, without control characters: those are commands, which outlast the text.</param>
    /// <exception cref="VoiceException">The library or its voice is not there.</exception>
    public static IReadOnlyList<PhonemeClause> Read(string voice, string text)
    {
        lock (Gate)
        {
            return Ready(voice).Read(Terminated(text));
        }
    }

    /// <summary>Speaks a text at the library's own pace.</summary>
    /// <param name="voice">A name or language of espeak-ng's, such as <c>fi</c>.</param>
    /// <param name="text">The text to say.</param>
    /// <returns>Samples at the rate of <see cref="Identity"/>.</returns>
    /// <exception cref="VoiceException">The library or its voice is not there, or it failed.</exception>
    public static short[] Speak(string voice, string text)
    {
        lock (Gate)
        {
            var library = Ready(voice);
            var bytes = Terminated(text);
            _spoken = [];
            try
            {
                fixed (byte* start = bytes)
                {
                    if (library.Synth(start, (nuint)bytes.Length, 0, ByCharacter, 0, Utf8, null, null) != Ok)
                    {
                        throw new VoiceException($"espeak-ng failed to speak with the voice {voice}.");
                    }
                }

                return [.. _spoken];
            }
            finally
            {
                _spoken = null;
            }
        }
    }

    /// <summary>The languages that it speaks: espeak-ng's own codes, such as <c>en-gb</c>, the preferred ones of each language first.</summary>
    public static IReadOnlyList<string> Languages()
    {
        lock (Gate)
        {
            return TryLoad() is not { } library ? [] : [.. library.Voices()
                .Select(voice => voice.Languages[0])
                .OrderBy(l => l.Priority)
                .ThenBy(l => l.Code, StringComparer.Ordinal)
                .Select(l => l.Code)
                .Distinct(StringComparer.Ordinal)];
        }
    }

    private static Library Ready(string voice)
    {
        var library = TryLoad() ?? throw new VoiceException($"The voice needs espeak-ng, and {Absent}.");

        // With a voice that is not there, the library crashes.
        return TrySetVoice(library, voice) ? library : throw new VoiceException($"The installed espeak-ng {library.Version} has no voice {voice}.");
    }

    // Every time, though it is the same voice: this also ends whatever the text before left behind.
    private static bool TrySetVoice(Library library, string voice)
    {
        if (library.TrySetVoice(Identifiers.GetValueOrDefault(voice, voice)))
        {
            return true;
        }

        // A file may speak more languages than the one that it is called by: gmw/en speaks en-gb.
        var identifier = library.Voices()
            .SelectMany(v => v.Languages.Select(l => (l.Priority, l.Code, v.Identifier)))
            .Where(l => string.Equals(l.Code, voice, StringComparison.OrdinalIgnoreCase))
            .OrderBy(l => l.Priority)
            .Select(l => l.Identifier)
            .FirstOrDefault();
        if (identifier is null || !library.TrySetVoice(identifier))
        {
            return false;
        }

        Identifiers[voice] = identifier;
        return true;
    }

    private static byte[] Terminated(string text) => Encoding.UTF8.GetBytes(text.Replace('\0', ' ') + '\0');

    private static Library? TryLoad()
    {
        if (_library is not null)
        {
            return _library;
        }

        foreach (var name in FileNames)
        {
            if (NativeLibrary.TryLoad(name, typeof(EspeakNg).Assembly, null, out var handle))
            {
                return _library = Library.Open(handle);
            }
        }

        return null;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Take(short* samples, int count, void* events)
    {
        if (samples is not null && count > 0)
        {
            _spoken?.AddRange(new ReadOnlySpan<short>(samples, count));
        }

        return 0;
    }
}
