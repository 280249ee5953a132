namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Amounts of money, the sign before or behind them.</summary>
internal sealed class MoneyReading() : Reading(
    "Money",
    ("1 €", "yksi euro"),
    ("12,50 €", "kaksitoista euroa viisikymmentä senttiä"),
    ("12,00 €", "kaksitoista euroa"),
    ("1,01 €", "yksi euro yksi sentti"),
    ("0,99 €", "yhdeksänkymmentäyhdeksän senttiä"),
    ("1.009 €", "tuhat yhdeksän euroa"),
    ("12.500 euroa", "kaksitoistatuhatta viisisataa euroa"),
    ("-€5", "miinus viisi euroa"),
    ("$5", "viisi dollaria"),
    ("£ 2,50", "kaksi puntaa viisikymmentä pennyä"),
    ("20 USD", "kaksikymmentä dollaria"),
    ("5 €:n", "viiden euron"),
    ("5,– €", "viisi euroa"),
    ("Hinta 5,-", "Hinta viisi euroa"),
    ("2,5 milj. €:n", "kaksi pilkku viiden miljoonan euron"),
    ("5 milj. euroa", "viisi miljoonaa euroa"),
    ("2,5 mrd. €", "kaksi pilkku viisi miljardia euroa"),
    ("3 M€", "kolme miljoonaa euroa"),
    ("5 €/kg", "viisi euroa kilogrammaa kohti"))
{
    public override bool TryRead(ReadingCursor c)
    {
        if (!c.IsDigit(c.At))
        {
            return TrySignBefore(c);
        }

        var quantity = Quantity.Read(c, c.At);
        // "5,– €": no cents.
        if (c.Peek(quantity.End) is ',' or '.' && c.Peek(quantity.End + 1) is '-' or '–' or '—' && !SpokenPunctuation.IsWordCharacter(c.Text, quantity.End + 2))
        {
            var sign = c.SkipSpace(quantity.End + 2);
            if (FinnishUnits.TryRead(c.Text, sign, out var currency, out var behind) && currency.IsMoney)
            {
                return UnitWords.Say(c, quantity, currency, sign, behind);
            }

            QuantityWords.Say(c, quantity, FinnishCase.Nominative);
            c.Builder.Say("euroa", quantity.End);
            c.At = quantity.End + 2;
            return true;
        }

        if (!FinnishUnits.TryRead(c.Text, c.SkipSpace(quantity.End), out var unit, out var end) || !unit.IsMoney || UnitWords.IsLetterBehind(c, quantity, end))
        {
            return false;
        }

        return UnitWords.Say(c, quantity, unit, c.SkipSpace(quantity.End), end);
    }

    private static bool TrySignBefore(ReadingCursor c)
    {
        var minus = c.Text[c.At] is '-' or '−' or '–' && !SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1) ? 1 : 0;
        var sign = c.At + minus;
        var digits = c.SkipSpaces(sign + 1);
        if (!FinnishUnits.TryReadSign(c.Peek(sign), out var currency) || !c.IsDigit(digits) || c.IsDigit(sign - 1))
        {
            return false;
        }

        if (minus > 0)
        {
            c.Builder.Say("miinus", c.At);
        }

        var quantity = Quantity.Read(c, digits);
        return UnitWords.Say(c, quantity, currency, quantity.Start, quantity.End);
    }
}
