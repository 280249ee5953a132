using System.Globalization;
using System.Text;
using Dictation.Infrastructure.Tts.Vits.HuggingFace;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>The file tokens.txt of sherpa-onnx: a symbol and its id per line.</summary>
internal static class SherpaTokens
{
    public const string FileName = "tokens.txt";

    /// <summary>The file of words that some voices read by. This service does not.</summary>
    public const string Lexicon = "lexicon.txt";

    public const string NeedsLexicon = "reads words by lexicon.txt, which this service does not. It speaks voices whose frontend is characters, and Piper's.";

    private const int MaxBytes = 4 << 20;

    private static readonly HashSet<string> Marks = new(StringComparer.Ordinal) { "<PAD>", "<EOS>", "<BOS>", "<BLNK>" };

    /// <summary>Every symbol and its id.</summary>
    /// <exception cref="VoiceException">A line is none of that kind.</exception>
    public static Dictionary<string, long> Read(string directory)
    {
        using var file = VoiceFiles.Open(Path.Combine(directory, FileName));
        if (file.Length > MaxBytes)
        {
            throw new VoiceException($"{FileName} is larger than {MaxBytes >> 20} MB.");
        }

        using var reader = new StreamReader(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        var ids = new Dictionary<string, long>(StringComparer.Ordinal);
        try
        {
            for (var number = 1; reader.ReadLine() is { } line; number++)
            {
                if (line.Trim().Length > 0)
                {
                    Add(ids, line, number);
                }
            }
        }
        catch (DecoderFallbackException e)
        {
            throw new VoiceException($"{FileName} is not UTF-8.", e);
        }

        return ids.Count > 0 ? ids : throw new VoiceException($"{FileName} has no symbols.");
    }

    /// <summary>The characters among the symbols, without the marks, which no text holds.</summary>
    /// <exception cref="VoiceException">A symbol is longer than one character.</exception>
    public static Dictionary<string, long> Characters(Dictionary<string, long> ids)
    {
        var characters = ids.Where(i => !Marks.Contains(i.Key)).ToDictionary(StringComparer.Ordinal);
        return characters.Keys.FirstOrDefault(symbol => symbol.EnumerateRunes().Count() != 1) is { } longer
            ? throw new VoiceException($"{FileName} has a symbol {SafetensorsFile.Shown(longer)} of several characters, but its model says that it reads single ones.")
            : characters;
    }

    /// <summary>Fields are parted by ASCII white space; other spaces are symbols. The line of the space itself has the id alone.</summary>
    private static void Add(Dictionary<string, long> ids, string line, int number)
    {
        var fields = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        var (symbol, id) = fields.Length switch
        {
            1 => (" ", fields[0]),
            2 => (fields[0], fields[1]),
            _ => ("", ""),
        };
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            throw new VoiceException($"Line {number} of {FileName} is not a symbol and its id.");
        }

        if (!ids.TryAdd(symbol, value) && ids[symbol] != value)
        {
            throw new VoiceException($"{FileName} gives {SafetensorsFile.Shown(symbol)} two ids.");
        }
    }
}
