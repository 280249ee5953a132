using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dictation.Domain.Tts;

/// <summary>All that decides what an audio sounds like. Two requests with equal content share one task.</summary>
/// <param name="Text">1..10,000 code points, as the client sent it.</param>
/// <param name="Language">BCP 47 primary language, lower case.</param>
/// <param name="Voice">The voice's name.</param>
/// <param name="VoiceModelHash">Lower-hex SHA-256 of the voice's model: a new model makes new audio.</param>
/// <param name="SpeakingRate">0.5..2.0; 1 is the voice's own pace.</param>
public sealed record SpeechContent(string Text, string Language, string Voice, string VoiceModelHash, double SpeakingRate)
{
    /// <summary>The region whose variety of the language the voice speaks, where another was asked for. It changes no sound and is no part of the key.</summary>
    public string? VoiceRegion { get; init; }

    /// <summary>
    /// How the text is read besides the language's own rules: its format, the entries of lexicons that it has words of, names of emoji. Equal
    /// readings have equal text here; null for the default.
    /// </summary>
    public string? Reading { get; init; }

    /// <summary>Lower-hex SHA-256 over every field, each with its length before it so that no two contents read alike.</summary>
    public string Key()
    {
        string[] fields = [Text, Language, Voice, VoiceModelHash, SpeakingRate.ToString("R", CultureInfo.InvariantCulture), .. Reading is null ? (string[])[] : [Reading]];
        var buffer = ArrayPool<byte>.Shared.Rent(fields.Sum(f => sizeof(int) + Encoding.UTF8.GetMaxByteCount(f.Length)));
        var end = 0;
        foreach (var field in fields)
        {
            var length = Encoding.UTF8.GetBytes(field, buffer.AsSpan(end + sizeof(int)));
            BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(end), length);
            end += sizeof(int) + length;
        }

        var key = Convert.ToHexStringLower(SHA256.HashData(buffer.AsSpan(0, end)));
        ArrayPool<byte>.Shared.Return(buffer);
        return key;
    }

    /// <summary>Lower-hex MD5 of the text's UTF-8 bytes: the wire contract's name for a text, not a safeguard.</summary>
    public string TextHash() => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(Text)));
}
