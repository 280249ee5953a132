using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Dictation.Espeak;

/// <summary>The library libespeak-ng (speak_lib.h). It has one state for the whole process and is not thread-safe.</summary>
internal sealed unsafe class EspeakLibrary
{
    private const int Synchronous = 2, DoNotExit = 0x8000, Utf8 = 1, ByCharacter = 1, Ipa = 2, Ok = 0;

    private static readonly string[] FileNames = OperatingSystem.IsWindows() ? ["libespeak-ng.dll", "espeak-ng.dll"]
        : OperatingSystem.IsMacOS() ? ["libespeak-ng.1.dylib", "libespeak-ng.dylib", "/opt/homebrew/lib/libespeak-ng.dylib"]
        : ["libespeak-ng.so.1", "libespeak-ng.so"];

    private static List<short>? _spoken;

    /// <summary>The files of voices that are not called by their names.</summary>
    private readonly Dictionary<string, string> _identifiers = new(StringComparer.Ordinal);

    private readonly delegate* unmanaged[Cdecl]<byte*, int> _setVoiceByName;

    private readonly delegate* unmanaged[Cdecl]<void*, nuint, uint, int, uint, uint, uint*, void*, int> _synth;

    private readonly delegate* unmanaged[Cdecl]<void**, int, int, byte*> _textToPhonemes;

    /// <summary>Since 1.52; null before.</summary>
    private readonly delegate* unmanaged[Cdecl]<void**, int, int, int*, byte*> _textToPhonemesWithTerminator;

    private EspeakLibrary(nint handle, int sampleRate)
    {
        _setVoiceByName = (delegate* unmanaged[Cdecl]<byte*, int>)NativeLibrary.GetExport(handle, "espeak_SetVoiceByName");
        _synth = (delegate* unmanaged[Cdecl]<void*, nuint, uint, int, uint, uint, uint*, void*, int>)NativeLibrary.GetExport(handle, "espeak_Synth");
        _textToPhonemes = (delegate* unmanaged[Cdecl]<void**, int, int, byte*>)NativeLibrary.GetExport(handle, "espeak_TextToPhonemes");
        NativeLibrary.TryGetExport(handle, "espeak_TextToPhonemesWithTerminator", out var withTerminator);
        _textToPhonemesWithTerminator = (delegate* unmanaged[Cdecl]<void**, int, int, int*, byte*>)withTerminator;
        ((delegate* unmanaged[Cdecl]<void*, void>)NativeLibrary.GetExport(handle, "espeak_SetSynthCallback"))(
            (delegate* unmanaged[Cdecl]<short*, int, void*, int>)&Take);
        byte* path;
        var version = ((delegate* unmanaged[Cdecl]<byte**, byte*>)NativeLibrary.GetExport(handle, "espeak_Info"))(&path);
        Identity = new EspeakIdentity(Marshal.PtrToStringUTF8((nint)version)?.Split(' ')[0] ?? "?", sampleRate, Voices(handle));
    }

    public EspeakIdentity Identity { get; }

    /// <summary>Whether the machine has the library. Nothing of it runs.</summary>
    public static bool IsThere()
    {
        if (!TryLoad(out var handle))
        {
            return false;
        }

        NativeLibrary.Free(handle);
        return true;
    }

    /// <returns>Null where the machine has no such library, or it does not start, for want of its data perhaps.</returns>
    public static EspeakLibrary? Open()
    {
        if (!TryLoad(out var handle))
        {
            return null;
        }

        var initialize = (delegate* unmanaged[Cdecl]<int, int, byte*, int, int>)NativeLibrary.GetExport(handle, "espeak_Initialize");
        var sampleRate = initialize(Synchronous, 0, null, DoNotExit);
        return sampleRate > 0 ? new EspeakLibrary(handle, sampleRate) : null;
    }

    /// <summary>Chooses a voice, every time, though it is the same: this also ends whatever the text before left behind.</summary>
    /// <param name="voice">A name or language of espeak-ng's, such as <c>fi</c>.</param>
    /// <returns>False where there is none of that name. Speaking would crash now.</returns>
    public bool TrySetVoice(string voice)
    {
        if (TrySetVoiceByName(_identifiers.GetValueOrDefault(voice, voice)))
        {
            return true;
        }

        // A file may speak more languages than the one that it is called by: gmw/en speaks en-gb.
        var identifier = Identity.Voices
            .SelectMany(v => v.Languages.Select(l => (l.Priority, l.Code, v.Identifier)))
            .Where(l => string.Equals(l.Code, voice, StringComparison.OrdinalIgnoreCase))
            .OrderBy(l => l.Priority)
            .Select(l => l.Identifier)
            .FirstOrDefault();
        if (identifier is null || !TrySetVoiceByName(identifier))
        {
            return false;
        }

        _identifiers[voice] = identifier;
        return true;
    }

    /// <summary>Reads a text clause by clause with the voice that was chosen.</summary>
    public List<EspeakClause> Read(string text)
    {
        // The library may hold a character that it read ahead at the end of the text before; now it is read.
        Read(" \0"u8);
        return Read(Terminated(text));
    }

    /// <summary>Speaks a text with the voice that was chosen, at the library's own pace.</summary>
    /// <returns>Null when it failed.</returns>
    public short[]? Speak(string text)
    {
        // What the library read ahead would be heard, or end the text before it begins.
        Read(" \0"u8);
        var bytes = Terminated(text);
        _spoken = [];
        fixed (byte* start = bytes)
        {
            var outcome = _synth(start, (nuint)bytes.Length, 0, ByCharacter, 0, Utf8, null, null);
            var spoken = _spoken.ToArray();
            _spoken = null;
            return outcome == Ok ? spoken : null;
        }
    }

    private static bool TryLoad(out nint handle)
    {
        foreach (var name in FileNames)
        {
            if (NativeLibrary.TryLoad(name, typeof(EspeakLibrary).Assembly, null, out handle))
            {
                return true;
            }
        }

        handle = 0;
        return false;
    }

    // Control characters are commands, to speak faster for one, and outlast the text.
    private static byte[] Terminated(string text) =>
        Encoding.UTF8.GetBytes(string.Create(text.Length + 1, text, static (characters, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                characters[i] = char.IsControl(source[i]) && source[i] != '\n' ? ' ' : source[i];
            }
        }));

    private static List<EspeakVoiceFile> Voices(nint handle)
    {
        var list = (delegate* unmanaged[Cdecl]<void*, VoiceInfo**>)NativeLibrary.GetExport(handle, "espeak_ListVoices");
        var voices = new List<EspeakVoiceFile>();
        for (var voice = list(null); *voice is not null; voice++)
        {
            var languages = new List<EspeakLanguage>();
            for (var at = (*voice)->Languages; at is not null && *at != 0;)
            {
                var code = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(at + 1);
                languages.Add(new EspeakLanguage(*at, Encoding.UTF8.GetString(code)));
                at += code.Length + 2;
            }

            if (languages.Count > 0 && Marshal.PtrToStringUTF8((nint)(*voice)->Identifier) is { } identifier)
            {
                voices.Add(new EspeakVoiceFile(identifier, languages));
            }
        }

        return voices;
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

    private bool TrySetVoiceByName(string voice)
    {
        fixed (byte* name = Terminated(voice))
        {
            return _setVoiceByName(name) == Ok;
        }
    }

    private List<EspeakClause> Read(ReadOnlySpan<byte> utf8)
    {
        var clauses = new List<EspeakClause>();
        var end = utf8.Length - 1;
        fixed (byte* start = utf8)
        {
            var from = 0;
            for (void* at = start; at is not null;)
            {
                int? terminator = null;
                var phonemes = Next(&at, ref terminator);
                var to = at is null ? end : WithoutReadAhead(utf8[..Math.Clamp((int)((byte*)at - start), from, end)], from);
                clauses.Add(new EspeakClause(phonemes, Encoding.UTF8.GetString(utf8[from..to]), terminator));
                from = to;
            }
        }

        return clauses;
    }

    private string Next(void** text, ref int? terminator)
    {
        if (_textToPhonemesWithTerminator is null)
        {
            return Marshal.PtrToStringUTF8((nint)_textToPhonemes(text, Utf8, Ipa)) ?? "";
        }

        var code = 0;
        var phonemes = Marshal.PtrToStringUTF8((nint)_textToPhonemesWithTerminator(text, Utf8, Ipa, &code)) ?? "";
        terminator = code;
        return phonemes;
    }

    /// <summary>Before the end of a text the library stands behind a character of the next clause, unless it is white space.</summary>
    private static int WithoutReadAhead(ReadOnlySpan<byte> read, int from) =>
        Rune.DecodeLastFromUtf8(read[from..], out var last, out var length) == System.Buffers.OperationStatus.Done && !Rune.IsWhiteSpace(last)
            ? read.Length - length
            : read.Length;

    /// <summary>espeak_VOICE.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct VoiceInfo
    {
        public byte* Name;
        public byte* Languages;
        public byte* Identifier;
    }
}
