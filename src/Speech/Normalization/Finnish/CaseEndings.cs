using System.Collections.Frozen;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>What an ending behind a colon says of the number before it.</summary>
/// <param name="Case">Its case.</param>
/// <param name="Ordinal">Whether it is an ordinal: <c>5:s</c>.</param>
/// <param name="Plural">Whether it is plural: <c>5:t</c>.</param>
/// <param name="Clitic">What is glued behind the case: <c>kin</c>; may be empty.</param>
internal readonly record struct CaseEnding(FinnishCase Case, bool Ordinal, bool Plural, string Clitic);

/// <summary>Endings behind a colon: <c>5:n</c>, <c>21:ssä</c>, <c>6:ssakin</c>, <c>3:kin</c>.</summary>
internal static class CaseEndings
{
    private static readonly string[] Clitics = ["kin", "kaan", "kään", "ko", "kö", "han", "hän", "pa", "pä"];

    private static readonly FrozenSet<string> SpacedEndings =
        new[] { "n", "ta", "tä", "ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle", "iin", "een", "ään", "aan", "än", "hun", "ksi", "nä" }.ToFrozenSet();

    private static readonly FrozenDictionary<string, (FinnishCase Case, bool Ordinal, bool Plural)> ByEnding = Endings().ToFrozenDictionary();

    /// <summary>The clitic that a word's ending closes with; empty where none.</summary>
    public static string CliticOf(string ending) => Clitics.FirstOrDefault(clitic => ending.EndsWith(clitic, StringComparison.Ordinal)) ?? "";

    /// <summary>Reads an ending; false when it is unknown.</summary>
    public static bool TryRead(string ending, out CaseEnding read)
    {
        if (ByEnding.TryGetValue(ending, out var form))
        {
            read = new CaseEnding(form.Case, form.Ordinal, form.Plural, "");
            return true;
        }

        var clitic = CliticOf(ending);
        var known = ByEnding.TryGetValue(ending[..^clitic.Length], out form) || ending == clitic;
        read = new CaseEnding(form.Case, form.Ordinal, form.Plural, clitic);
        return known && clitic.Length > 0;
    }

    /// <summary>The case that an ending behind a colon at <paramref name="at"/> gives, and where it ends; null where none stands there.</summary>
    public static FinnishCase? PeekCase(ReadingCursor c, int at, out int end)
    {
        var back = c.At;
        c.At = at;
        var form = ReadCase(c);
        (end, c.At) = (c.At, back);
        return form;
    }

    /// <summary>Reads the ending behind a colon at the cursor and moves behind it; null where none stands there or it is unknown.</summary>
    public static FinnishCase? ReadCase(ReadingCursor c)
    {
        var ending = Read(c);
        return ending.Length > 0 && TryRead(ending, out var read) ? read.Case : null;
    }

    /// <summary>The ending behind a colon at the cursor, which moves behind it; empty where none stands there.</summary>
    public static string Read(ReadingCursor c)
    {
        // Some texts set a space behind the colon: "44 %: lla". Only what can be no word is an ending there.
        if (c.Peek(c.At) == ':' && c.Peek(c.At + 1) == ' ')
        {
            var end = c.EndOfLetters(c.At + 2);
            var apart = end - c.At - 2 is > 0 and < 5 ? c.Text[(c.At + 2)..end] : "";
            if (!SpacedEndings.Contains(apart) || c.Peek(end) == '.' && !c.EndsSentence(end))
            {
                return "";
            }

            c.At = end;
            return apart;
        }

        return c.ReadEnding();
    }

    private static IEnumerable<KeyValuePair<string, (FinnishCase Case, bool Ordinal, bool Plural)>> Endings()
    {
        var cardinal = new (FinnishCase Case, string[] Endings)[]
        {
            (FinnishCase.Genitive, ["n", "en", "nen"]),
            (FinnishCase.Partitive, ["a", "ä", "aa", "ää", "ta", "tä", "tta", "ttä"]),
            (FinnishCase.Inessive, ["ssa", "ssä"]),
            (FinnishCase.Elative, ["sta", "stä"]),
            (FinnishCase.Illative, ["an", "än", "aan", "ään", "een", "iin", "in", "oon", "teen", "seen", "hin", "hun", "hön", "hon"]),
            (FinnishCase.Adessive, ["lla", "llä"]),
            (FinnishCase.Ablative, ["lta", "ltä"]),
            (FinnishCase.Allative, ["lle"]),
            (FinnishCase.Essive, ["na", "nä"]),
            (FinnishCase.Translative, ["ksi"]),
        };
        var ordinal = new (FinnishCase Case, string[] Endings)[]
        {
            (FinnishCase.Nominative, ["s"]),
            (FinnishCase.Genitive, ["nnen"]),
            (FinnishCase.Partitive, ["ntta", "nttä"]),
            (FinnishCase.Inessive, ["nnessa", "nnessä"]),
            (FinnishCase.Elative, ["nnesta", "nnestä"]),
            (FinnishCase.Illative, ["nteen"]),
            (FinnishCase.Adessive, ["nnella", "nnellä"]),
            (FinnishCase.Ablative, ["nnelta", "nneltä"]),
            (FinnishCase.Allative, ["nnelle"]),
            (FinnishCase.Essive, ["ntena", "ntenä"]),
            (FinnishCase.Translative, ["nneksi"]),
        };
        var plural = new (FinnishCase Case, string Ending)[]
        {
            (FinnishCase.Nominative, "t"),
            (FinnishCase.Genitive, "ien"),
            (FinnishCase.Partitive, "ia"),
            (FinnishCase.Partitive, "iä"),
            (FinnishCase.Inessive, "issa"),
            (FinnishCase.Inessive, "issä"),
            (FinnishCase.Elative, "ista"),
            (FinnishCase.Elative, "istä"),
            (FinnishCase.Adessive, "illa"),
            (FinnishCase.Adessive, "illä"),
            (FinnishCase.Ablative, "ilta"),
            (FinnishCase.Ablative, "iltä"),
            (FinnishCase.Allative, "ille"),
        };
        return cardinal.SelectMany(row => row.Endings.Select(ending => KeyValuePair.Create(ending, (row.Case, false, false))))
            .Concat(ordinal.SelectMany(row => row.Endings.Select(ending => KeyValuePair.Create(ending, (row.Case, true, false)))))
            .Concat(plural.Select(row => KeyValuePair.Create(row.Ending, (row.Case, false, true))));
    }
}
