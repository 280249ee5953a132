using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dictation.Domain.Tts;

/// <summary>All that decides what an audio sounds like. Two requests with equal content share one task.</summary>
/// <param name="Text">1..10,000 code points, as the client sent it.</param>
/// <param name="Language">BCP 47 primary language, lower case.</param>
/// <param name="Voice">The voice's name.</param>
/// <param name="VoiceModelHash">Lower-hex SHA-256 of the voice's model: a new model speaks anew.</param>
/// <param name="SpeakingRate">0.5..2.0; 1 is the voice's own pace.</param>
public sealed record SpeechContent(string Text, string Language, string Voice, string VoiceModelHash, double SpeakingRate)
{
    /// <summary>Lower-hex SHA-256 over every field, each with its length before it so that no two contents read alike.</summary>
    public string Key()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var field in (string[])[Text, Language, Voice, VoiceModelHash, SpeakingRate.ToString("R", CultureInfo.InvariantCulture)])
        {
            var bytes = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Lower-hex MD5 of the text's UTF-8 bytes: the wire contract's name for a text, not a safeguard.</summary>
    public string TextHash() => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(Text)));
}
