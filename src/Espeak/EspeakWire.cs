using System.Runtime.InteropServices;

namespace Dictation.Espeak;

/// <summary>How requests and answers are written between the two processes. Each answer is read by the method beside the one that writes it.</summary>
internal static class EspeakWire
{
    private const int NoTerminator = -1;

    /// <summary>What is asked for.</summary>
    public enum Request : byte
    {
        Find,
        Read,
        Speak,
    }

    public static void Write(this BinaryWriter to, EspeakIdentity? identity)
    {
        to.Write(identity is not null);
        if (identity is null)
        {
            return;
        }

        to.Write(identity.Version);
        to.Write(identity.SampleRate);
        to.Write(identity.Voices.Count);
        foreach (var voice in identity.Voices)
        {
            to.Write(voice.Identifier);
            to.Write(voice.Languages.Count);
            foreach (var language in voice.Languages)
            {
                to.Write(language.Priority);
                to.Write(language.Code);
            }
        }
    }

    public static EspeakIdentity? ReadIdentity(this BinaryReader from) => from.ReadBoolean()
        ? new EspeakIdentity(
            from.ReadString(),
            from.ReadInt32(),
            Many(from, () => new EspeakVoiceFile(from.ReadString(), Many(from, () => new EspeakLanguage(from.ReadByte(), from.ReadString())))))
        : null;

    public static void Write(this BinaryWriter to, List<EspeakClause> clauses)
    {
        to.Write(clauses.Count);
        foreach (var clause in clauses)
        {
            to.Write(clause.Phonemes);
            to.Write(clause.Text);
            to.Write(clause.Terminator ?? NoTerminator);
        }
    }

    public static List<EspeakClause> ReadClauses(this BinaryReader from) =>
        Many(from, () => new EspeakClause(from.ReadString(), from.ReadString(), from.ReadInt32() is not NoTerminator and var code ? code : null));

    public static void Write(this BinaryWriter to, short[]? samples)
    {
        to.Write(samples?.Length ?? -1);
        to.Write(MemoryMarshal.AsBytes(samples.AsSpan()));
    }

    public static short[]? ReadSamples(this BinaryReader from)
    {
        var count = from.ReadInt32();
        if (count < 0)
        {
            return null;
        }

        var samples = new short[count];
        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(samples.AsSpan()));
        return samples;
    }

    private static List<T> Many<T>(BinaryReader from, Func<T> one)
    {
        var all = new List<T>();
        for (var left = from.ReadInt32(); left > 0; left--)
        {
            all.Add(one());
        }

        return all;
    }
}
