using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>
/// The library libespeak-ng (speak_lib.h), where the machine has it: phonemes for voices that need them, and speech of its own. The library
/// has one state for the whole process and is not thread-safe, so every call waits for the one before. It is looked for until it is found.
/// </summary>
public static unsafe class EspeakNg
{
    /// <summary>Advice when the library is missing.</summary>
    public const string Absent = "the library libespeak-ng is not on this server. Install it (on Debian and Ubuntu: apt-get install libespeak-ng1)";

    private const int Synchronous = 2, DoNotExit = 0x8000, Utf8 = 1, Ipa = 2, ByCharacter = 1, Ok = 0;

    private static readonly string[] FileNames = OperatingSystem.IsWindows() ? ["libespeak-ng.dll", "espeak-ng.dll"]
        : OperatingSystem.IsMacOS() ? ["libespeak-ng.1.dylib", "libespeak-ng.dylib", "/opt/homebrew/lib/libespeak-ng.dylib"]
        : ["libespeak-ng.so.1", "libespeak-ng.so"];

    private static readonly Lock Gate = new();
    private static Library? _library;
    private static string? _voice;
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

    /// <summary>The phonemes of a text in the International Phonetic Alphabet, words parted by spaces.</summary>
    /// <param name="voice">A name or language of espeak-ng's, such as <c>fi</c>.</param>
    /// <param name="text">The text to pronounce.</param>
    /// <exception cref="VoiceException">The library or its voice is not there.</exception>
    public static string Phonemes(string voice, string text)
    {
        lock (Gate)
        {
            var library = Ready(voice);
            var bytes = Terminated(text);
            var phonemes = new StringBuilder();
            fixed (byte* start = bytes)
            {
                // Each call takes one clause. A text may have more clauses than its punctuation shows.
                for (void* at = start; at is not null;)
                {
                    var clause = Marshal.PtrToStringUTF8((nint)library.TextToPhonemes(&at, Utf8, Ipa));
                    if (!string.IsNullOrWhiteSpace(clause))
                    {
                        phonemes.Append(phonemes.Length > 0 ? " " : "").Append(clause.Trim());
                    }
                }
            }

            return phonemes.ToString();
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
            if (TryLoad() is not { } library)
            {
                return [];
            }

            var languages = new List<(int Priority, string Code)>();
            for (var voice = library.ListVoices(null); *voice is not null; voice++)
            {
                // The first of its languages: a byte of priority, the lower the better, and the code.
                var first = (*voice)->Languages;
                if (first is not null && Marshal.PtrToStringUTF8((nint)(first + 1)) is { Length: > 0 } code)
                {
                    languages.Add((*first, code));
                }
            }

            return [.. languages.OrderBy(l => l.Priority).ThenBy(l => l.Code, StringComparer.Ordinal).Select(l => l.Code).Distinct(StringComparer.Ordinal)];
        }
    }

    private static Library Ready(string voice)
    {
        var library = TryLoad() ?? throw new VoiceException($"The voice needs espeak-ng, and {Absent}.");

        // With a voice that is not there, the library crashes.
        return TrySetVoice(library, voice) ? library : throw new VoiceException($"The installed espeak-ng {library.Version} has no voice {voice}.");
    }

    private static bool TrySetVoice(Library library, string voice)
    {
        if (_voice == voice)
        {
            return true;
        }

        fixed (byte* name = Terminated(voice))
        {
            var set = library.SetVoiceByName(name) == Ok;
            _voice = set ? voice : null;
            return set;
        }
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

    /// <summary>espeak_VOICE.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct VoiceInfo
    {
        public byte* Name;
        public byte* Languages;
    }

    private sealed class Library
    {
        public required string Version { get; init; }

        public required int SampleRate { get; init; }

        public required delegate* unmanaged[Cdecl]<byte*, int> SetVoiceByName { get; init; }

        public required delegate* unmanaged[Cdecl]<void**, int, int, byte*> TextToPhonemes { get; init; }

        public required delegate* unmanaged[Cdecl]<void*, nuint, uint, int, uint, uint, uint*, void*, int> Synth { get; init; }

        public required delegate* unmanaged[Cdecl]<void*, VoiceInfo**> ListVoices { get; init; }

        /// <returns>Null when it does not start, for want of its data perhaps.</returns>
        public static Library? Open(nint handle)
        {
            var initialize = (delegate* unmanaged[Cdecl]<int, int, byte*, int, int>)NativeLibrary.GetExport(handle, "espeak_Initialize");
            var sampleRate = initialize(Synchronous, 0, null, DoNotExit);
            if (sampleRate <= 0)
            {
                return null;
            }

            ((delegate* unmanaged[Cdecl]<void*, void>)NativeLibrary.GetExport(handle, "espeak_SetSynthCallback"))(
                (delegate* unmanaged[Cdecl]<short*, int, void*, int>)&Take);
            byte* path;
            var version = ((delegate* unmanaged[Cdecl]<byte**, byte*>)NativeLibrary.GetExport(handle, "espeak_Info"))(&path);
            return new Library
            {
                Version = Marshal.PtrToStringUTF8((nint)version)?.Split(' ')[0] ?? "?",
                SampleRate = sampleRate,
                SetVoiceByName = (delegate* unmanaged[Cdecl]<byte*, int>)NativeLibrary.GetExport(handle, "espeak_SetVoiceByName"),
                TextToPhonemes = (delegate* unmanaged[Cdecl]<void**, int, int, byte*>)NativeLibrary.GetExport(handle, "espeak_TextToPhonemes"),
                Synth = (delegate* unmanaged[Cdecl]<void*, nuint, uint, int, uint, uint, uint*, void*, int>)NativeLibrary.GetExport(handle, "espeak_Synth"),
                ListVoices = (delegate* unmanaged[Cdecl]<void*, VoiceInfo**>)NativeLibrary.GetExport(handle, "espeak_ListVoices"),
            };
        }
    }
}
