using System.Runtime.InteropServices;
using System.Text;
using Dictation.Speech.Tokenization;

namespace Dictation.Infrastructure.Tts.Voices;

public static unsafe partial class EspeakNg
{
    /// <summary>espeak_VOICE.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct VoiceInfo
    {
        public byte* Name;
        public byte* Languages;
        public byte* Identifier;
    }

    /// <summary>The library's functions.</summary>
    private sealed class Library
    {
        private const int Ipa = 2;

        private delegate* unmanaged[Cdecl]<byte*, int> _setVoiceByName;

        private delegate* unmanaged[Cdecl]<void*, VoiceInfo**> _listVoices;

        private delegate* unmanaged[Cdecl]<void**, int, int, byte*> _textToPhonemes;

        /// <summary>Since 1.52; null before.</summary>
        private delegate* unmanaged[Cdecl]<void**, int, int, int*, byte*> _textToPhonemesWithTerminator;

        public required string Version { get; init; }

        public required int SampleRate { get; init; }

        public required delegate* unmanaged[Cdecl]<void*, nuint, uint, int, uint, uint, uint*, void*, int> Synth { get; init; }

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
            NativeLibrary.TryGetExport(handle, "espeak_TextToPhonemesWithTerminator", out var withTerminator);
            return new Library
            {
                Version = Marshal.PtrToStringUTF8((nint)version)?.Split(' ')[0] ?? "?",
                SampleRate = sampleRate,
                _setVoiceByName = (delegate* unmanaged[Cdecl]<byte*, int>)NativeLibrary.GetExport(handle, "espeak_SetVoiceByName"),
                Synth = (delegate* unmanaged[Cdecl]<void*, nuint, uint, int, uint, uint, uint*, void*, int>)NativeLibrary.GetExport(handle, "espeak_Synth"),
                _listVoices = (delegate* unmanaged[Cdecl]<void*, VoiceInfo**>)NativeLibrary.GetExport(handle, "espeak_ListVoices"),
                _textToPhonemes = (delegate* unmanaged[Cdecl]<void**, int, int, byte*>)NativeLibrary.GetExport(handle, "espeak_TextToPhonemes"),
                _textToPhonemesWithTerminator = (delegate* unmanaged[Cdecl]<void**, int, int, int*, byte*>)withTerminator,
            };
        }

        public bool TrySetVoice(string voice)
        {
            fixed (byte* name = Terminated(voice))
            {
                return _setVoiceByName(name) == Ok;
            }
        }

        /// <summary>Its voices that speak a language, each with the languages it names, the lower the priority the better.</summary>
        public List<(string Identifier, List<(int Priority, string Code)> Languages)> Voices()
        {
            var voices = new List<(string, List<(int, string)>)>();
            for (var voice = _listVoices(null); *voice is not null; voice++)
            {
                var languages = new List<(int, string)>();
                for (var at = (*voice)->Languages; at is not null && *at != 0;)
                {
                    var code = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(at + 1);
                    languages.Add((*at, Encoding.UTF8.GetString(code)));
                    at += code.Length + 2;
                }

                if (languages.Count > 0 && Marshal.PtrToStringUTF8((nint)(*voice)->Identifier) is { } identifier)
                {
                    voices.Add((identifier, languages));
                }
            }

            return voices;
        }

        /// <summary>Reads a text clause by clause.</summary>
        /// <param name="utf8">The text, and a zero.</param>
        public List<PhonemeClause> Read(byte[] utf8)
        {
            // The library may hold a character that it read ahead at the end of the text before; now it is read.
            ReadAll(" \0"u8);
            return ReadAll(utf8);
        }

        private List<PhonemeClause> ReadAll(ReadOnlySpan<byte> utf8)
        {
            var clauses = new List<PhonemeClause>();
            var end = utf8.Length - 1;
            fixed (byte* start = utf8)
            {
                var (from, character) = (0, 0);
                for (void* at = start; at is not null;)
                {
                    int? terminator = null;
                    var phonemes = Next(&at, ref terminator);
                    var to = at is null ? end : WithoutReadAhead(utf8[..Math.Clamp((int)((byte*)at - start), from, end)], from);
                    var text = Encoding.UTF8.GetString(utf8[from..to]);
                    clauses.Add(new PhonemeClause(
                        phonemes, character, character + text.Length, terminator is { } code ? ClauseEnding.From(code, text) : ClauseEnding.From(text)));
                    (from, character) = (to, character + text.Length);
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
    }
}
