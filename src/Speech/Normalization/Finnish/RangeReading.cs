using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Two amounts with a dash: a range rises; a score does not, or stands behind a word of games.</summary>
internal sealed partial class RangeReading() : Reading(
    "Range",
    ("5–10 km", "viidestä kymmeneen kilometriä"),
    ("3-4 tuntia", "kolmesta neljään tuntia"),
    ("2–3 viikon", "kahden kolmen viikon"),
    ("sivut 5–10", "sivut viidestä kymmeneen"),
    ("1939–1945", "tuhat yhdeksänsataakolmekymmentäyhdeksän viiva tuhat yhdeksänsataaneljäkymmentäviisi"),
    ("voitti 3–1", "voitti kolme yksi"),
    ("Peli päättyi 2–3.", "Peli päättyi kaksi kolme."),
    ("-3...-5 °C", "miinus kolmesta miinus viiteen celsiusastetta"),
    ("-5–+3 °C", "miinus viidestä plus kolmeen celsiusastetta"),
    ("10-15 €", "kymmenestä viiteentoista euroa"))
{
    private static readonly string[] WordsOfGames = ["voit", "hävi", "päätty", "ottelu", "peli", "tulos", "johto", "johti", "tasa", "lukemin", "erä", "kaatu", "maal", "numeroin"];

    public override bool TryRead(ReadingCursor c)
    {
        var first = Quantity.Read(c, c.At);
        if (first.IsSpelled)
        {
            return false;
        }

        if (c.Peek(first.End) is not (' ' or '–' or '−' or '-' or '.' or '…'))
        {
            return false;
        }

        var dash = DashPattern().Match(c.Text, first.End);
        if (!dash.Success || IsBehindRange(c, first.Start))
        {
            return false;
        }

        var second = Quantity.Read(c, first.End + dash.Length);
        // "2–1–3" is no range, and "2-vuotias" and "3–4-vuotias" are compounds.
        if (second.IsSpelled || c.Peek(second.End) is '–' or '-' or '−')
        {
            return false;
        }

        var spaced = dash.Value.Contains(' ', StringComparison.Ordinal);
        return TryYears(c, first, second) || (!dash.Groups[1].Success && TryScore(c, first, second, spaced)) || Say(c, first, second, dash.Groups[1], spaced);
    }

    private static bool Say(ReadingCursor c, Quantity first, Quantity second, Group sign, bool spaced)
    {
        var unitAt = c.SkipSpace(second.End);
        var isMeasure = FinnishUnits.TryRead(c.Text, unitAt, out var unit, out var unitEnd) && !unit.Ordinal;
        var word = NextWord.At(c, second.End);
        if (spaced && !isMeasure && word.Length == 0)
        {
            return false;
        }

        var form = isMeasure || word.Length == 0 ? FinnishCase.Nominative : NounForms.OfCardinalBefore(word);
        var (from, to) = form == FinnishCase.Nominative ? (FinnishCase.Elative, FinnishCase.Illative) : (form, form);
        QuantityWords.Say(c, first, from);
        if (sign.Success)
        {
            c.Builder.Say(sign.Value == "+" ? "plus" : "miinus", sign.Index);
        }

        QuantityWords.Say(c, second, to);
        c.At = second.End;
        if (isMeasure)
        {
            c.At = unitEnd;
            unit.SayMultiplied(c, unitAt);
            UnitWords.Finish(c);
        }

        return true;
    }

    private static bool TryYears(ReadingCursor c, Quantity first, Quantity second)
    {
        if (first is not { IsWhole: true, Grouped: false, Digits.Length: 4 } || second is not { IsWhole: true, Grouped: false, Digits.Length: 4 or 2 }
            || FinnishUnits.TryRead(c.Text, c.SkipSpace(second.End), out _, out _))
        {
            return false;
        }

        c.Builder.Say(FinnishNumbers.Cardinal(first.Value), first.Start);
        c.Builder.Say("viiva", first.End);
        c.Builder.Say(FinnishNumbers.Cardinal(second.Value), second.Start);
        c.At = second.End;
        return true;
    }

    private static bool TryScore(ReadingCursor c, Quantity first, Quantity second, bool spaced)
    {
        if (!first.IsWhole || !second.IsWhole || first.Digits.Length > 3 || second.Digits.Length > 3 || FinnishUnits.TryRead(c.Text, c.SkipSpace(second.End), out _, out _))
        {
            return false;
        }

        var before = c.WordBefore(first.Start);
        if (!IsOfGames(before) && (spaced || first.Value < second.Value))
        {
            return false;
        }

        c.Builder.Say(FinnishNumbers.Cardinal(first.Value), first.Start);
        c.Builder.Say(FinnishNumbers.Cardinal(second.Value), second.Start);
        c.At = second.End;
        CaseEndings.Read(c);
        return true;
    }

    private static bool IsOfGames(ReadOnlySpan<char> word)
    {
        foreach (var stem in WordsOfGames)
        {
            if (word.StartsWith(stem, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // In "1-2-3 km" no two parts are a range.
    private static bool IsBehindRange(ReadingCursor c, int start) => c.Peek(start - 1) is '–' or '-' && c.IsDigit(start - 2);

    [GeneratedRegex(@"\G(?: ?[–−-] ?|\.\.\.?|…)([-−+](?=\d))?(?=\d)", RegexOptions.CultureInvariant)]
    private static partial Regex DashPattern();
}
