using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Ordinals, in the case of their noun.</summary>
internal sealed partial class OrdinalReading() : Reading(
    "Ordinal",
    ("3. luokka", "kolmas luokka"),
    ("5. luokalla", "viidennellä luokalla"),
    ("Asun 3. kerroksessa.", "Asun kolmannessa kerroksessa."),
    ("Hän on 12. sijalla.", "Hän on kahdennellatoista sijalla."),
    ("5. luokan oppilas", "viidennen luokan oppilas"),
    ("3. kertaa", "kolmatta kertaa"),
    ("24. päivänä", "kahdentenakymmenentenäneljäntenä päivänä"),
    ("2. suurin kaupunki", "toiseksi suurin kaupunki"),
    ("1. ja 2. luokalla", "ensimmäisellä ja toisella luokalla"),
    ("3.–5. luokka", "kolmas viiva viides luokka"),
    ("1. luokkien oppilaat", "ensimmäisten luokkien oppilaat"),
    ("1000000. kävijä", "miljoonas kävijä"),
    ("6 artikla", "kuudes artikla"),
    ("4 artiklan 2 kohdassa", "neljännen artiklan toisessa kohdassa"),
    ("13 artiklan 2 ja 3 kohdan", "kolmannentoista artiklan toisen ja kolmannen kohdan"),
    ("sopimuksen 43 artiklaa", "sopimuksen neljättäkymmenettäkolmatta artiklaa"),
    ("7 a §:n", "seitsemännen aa pykälän"),
    ("5 § kieltää", "viides pykälä kieltää"),
    ("4 luvun 2 §:n 3 momentti", "neljännen luvun toisen pykälän kolmas momentti"),
    ("Laki 5 § 2 mom. määrää.", "Laki viides pykälä toinen momentti määrää."))
{
    // Parts of statutes are counted by ordinals without a full stop: "6 artikla". In the partitive they are an amount: "kaksi kohtaa".
    private static readonly FinnishNoun[] StatuteParts =
    [
        FinnishNoun.Regular("artikla"),
        FinnishNoun.From("kohta", "kohtaa", "kohda", "kohta"),
        FinnishNoun.From("kohta", "kohtaa", "kohda", "kohta").Prefixed("ala"),
        FinnishNoun.Graded("momentti", "momenti"),
        FinnishNoun.Regular("pykälä"),
        FinnishNoun.From("luku", "lukua", "luvu", "luku"),
        FinnishNoun.From("luetelmakohta", "luetelmakohtaa", "luetelmakohda", "luetelmakohta"),
    ];

    private static readonly Dictionary<string, FinnishCase> StatuteForms = StatuteParts
        .SelectMany(noun => Enum.GetValues<FinnishCase>().Where(form => form != FinnishCase.Partitive).Select(form => (Word: noun.In(form), Form: form)))
        .DistinctBy(entry => entry.Word)
        .ToDictionary(entry => entry.Word, entry => entry.Form);

    public override bool TryRead(ReadingCursor c)
    {
        var quantity = Quantity.Read(c, c.At);
        return quantity.IsWhole && (TrySection(c, quantity) || TryStatutePart(c, quantity) || TryStop(c, quantity));
    }

    private static bool TryStop(ReadingCursor c, Quantity quantity)
    {
        var stop = quantity.End;
        if (c.Peek(stop) != '.' || quantity.Digits.Length > 12)
        {
            return false;
        }

        var word = c.Peek(stop + 1) == ' ' && char.IsLower(c.Peek(stop + 2));
        var small = word || SpacelessPattern().IsMatch(c.Text, stop);
        if ((!small && !RangePattern().IsMatch(c.Text, stop)) || (small && c.EndsSentence(stop)))
        {
            return false;
        }

        var (form, plural) = NextWord.FormOfOrdinal(c, stop + 1);
        c.Builder.Say(FinnishNumbers.Ordinal(quantity.Value, form, plural), quantity.Start);
        c.At = stop + 1;
        return true;
    }

    private static bool TryStatutePart(ReadingCursor c, Quantity quantity)
    {
        var match = StatutePattern().Match(c.Text, quantity.End);
        var word = match.Groups[2].Value;
        // "4 luvun 2 §": a chapter is one of a statute where a section follows.
        if (match.Success && word.StartsWith("luvu", StringComparison.Ordinal) && !SectionFollowsPattern().IsMatch(c.Text, match.Index + match.Length))
        {
            return false;
        }

        // "kaksi artiklaa" counts them, "sopimuksen 43 artiklaa" and "100 a artiklaa" name one.
        var isOne = word == "artiklaa" && (match.Groups[1].Success || (c.WordBefore(quantity.Start) is { Length: > 4 } before && before.EndsWith("sen")));
        if (!match.Success || !(StatuteForms.TryGetValue(word, out var form) || isOne))
        {
            return false;
        }

        form = isOne ? FinnishCase.Partitive : form;

        c.Builder.Say(FinnishNumbers.Ordinal(quantity.Value, form), quantity.Start);
        c.At = quantity.End;
        if (match.Groups[1].Success)
        {
            c.Builder.Say(FinnishInitialisms.Letter(match.Groups[1].Value[0])!, match.Groups[1].Index);
            c.At = match.Groups[1].Index + 1;
        }

        return true;
    }

    // "7 a §:n": the letter belongs to the number.
    private static bool TrySection(ReadingCursor c, Quantity quantity)
    {
        var match = SectionPattern().Match(c.Text, quantity.End);
        if (!match.Success || !FinnishUnits.TryRead(c.Text, match.Groups[2].Index, out var unit, out var end))
        {
            return false;
        }

        c.At = end;
        var form = CaseEndings.ReadCase(c) ?? FinnishCase.Nominative;
        c.Builder.Say(FinnishNumbers.Ordinal(quantity.Value, form), quantity.Start);
        if (match.Groups[1].Success)
        {
            c.Builder.Say(FinnishInitialisms.Letter(match.Groups[1].Value[0])!, match.Groups[1].Index);
        }

        c.Builder.Say(unit.Noun.In(form), match.Groups[2].Index);
        if (c.Peek(c.At) == '.' && !c.EndsSentence(c.At))
        {
            c.At++;
        }

        return true;
    }

    [GeneratedRegex(@"\G\.(?:[–−-]| [–−-] | ja | tai | sekä )\d{1,4}\.", RegexOptions.CultureInvariant)]
    private static partial Regex RangePattern();

    [GeneratedRegex(@"\G\.\p{Ll}{3}", RegexOptions.CultureInvariant)]
    private static partial Regex SpacelessPattern();

    [GeneratedRegex(@"\G(?: ?([a-e]))?(?:(?: ja | tai |, | ?[–−-] ?)\d{1,3}(?: [a-e])?){0,3} (\p{Ll}{4,20})(?!\p{L})", RegexOptions.CultureInvariant)]
    private static partial Regex StatutePattern();

    [GeneratedRegex(@"\G \d{1,3}(?: ?[a-h])? ?(?:§|artikl|moment|koh[dt])", RegexOptions.CultureInvariant)]
    private static partial Regex SectionFollowsPattern();

    [GeneratedRegex(@"\G(?: ?([a-h]) ?)?\s?(§|mom(?=\.))", RegexOptions.CultureInvariant)]
    private static partial Regex SectionPattern();
}
