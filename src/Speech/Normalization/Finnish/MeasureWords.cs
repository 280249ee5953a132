namespace Dictation.Speech.Normalization.Finnish;

/// <summary>How amounts with a unit are said.</summary>
internal static class MeasureWords
{
    /// <summary>Says the amount and its unit; the cursor stands behind the unit.</summary>
    public static void Say(FinnishCursor c, Quantity quantity, FinnishUnit unit, int unitAt)
    {
        var ending = c.ReadEnding();
        var form = ending.Length > 0 && FinnishEndings.TryRead(ending, out var written, out _) ? written : FinnishCase.Nominative;
        if (unit.Ordinal && quantity.IsWhole)
        {
            c.Builder.Say(FinnishNumbers.Ordinal(FinnishNumbers.Parse(quantity.Digits), form), quantity.Start);
            c.Builder.Say(unit.Noun.In(form), unitAt);
            Finish(c);
            return;
        }

        if (unit.Cents is not null && form == FinnishCase.Nominative && TrySayCents(c, quantity, unit, unitAt))
        {
            return;
        }

        QuantityWords.Say(c, quantity, form);
        if (unit.Multiplier is not null)
        {
            c.Builder.Say(unit.Multiplier.In(form == FinnishCase.Nominative && !quantity.IsOne ? FinnishCase.Partitive : form), unitAt);
        }

        var counted = form == FinnishCase.Nominative && (!quantity.IsOne || unit.Multiplier is not null) ? FinnishCase.Partitive : form;
        c.Builder.Say(unit.Noun.In(counted), unitAt);
        Finish(c);
    }

    // "½ l": puoli litraa.
    public static void SayUnitOfFraction(FinnishCursor c)
    {
        var at = c.SkipSpace(c.At);
        if (!FinnishUnits.TryRead(c.Text, at, out var unit, out var end) || unit.Ordinal)
        {
            return;
        }

        c.Builder.Say(unit.Noun.In(FinnishCase.Partitive), at);
        c.At = end;
        Finish(c);
    }

    // Parts that may follow a unit: its divisor ("/h", "/100 km"), and a full stop that does not end the sentence ("5 min. kuluttua").
    public static void Finish(FinnishCursor c)
    {
        if (c.Peek(c.At) == '/')
        {
            var slash = c.At;
            c.At++;
            if (c.IsDigit(c.At))
            {
                var per = Quantity.Read(c);
                if (per.IsWhole && FinnishUnits.TryRead(c.Text, c.SkipSpace(c.At), out var measure, out var behind))
                {
                    QuantityWords.Say(c, per, FinnishCase.Partitive);
                    c.At = behind;
                    c.Builder.Say(measure.Noun.In(FinnishCase.Partitive) + " kohti", slash + 1);
                }
                else
                {
                    c.At = slash;
                }
            }
            else if (FinnishUnits.TryRead(c.Text, c.At, out var unit, out var end))
            {
                c.Builder.Say(FinnishUnits.Per(unit), c.At);
                c.At = end;
            }
        }

        if (c.Peek(c.At) == '.' && c.Peek(c.At + 1) == ' ' && char.IsLower(c.Peek(c.At + 2)))
        {
            c.At++;
        }
    }

    private static bool TrySayCents(FinnishCursor c, Quantity quantity, FinnishUnit unit, int unitAt)
    {
        if (quantity.FractionStart == 0 || quantity.IsSpelled || quantity.End - quantity.FractionStart != 2)
        {
            return false;
        }

        var whole = FinnishNumbers.Parse(quantity.Digits);
        var cents = FinnishNumbers.Parse(c.Text.AsSpan(quantity.FractionStart, 2));
        if (whole > 0 || cents == 0)
        {
            c.Builder.Say(FinnishNumbers.Cardinal(whole), quantity.Start);
            c.Builder.Say(unit.Noun.In(whole == 1 ? FinnishCase.Nominative : FinnishCase.Partitive), quantity.Start);
        }

        if (cents > 0)
        {
            c.Builder.Say(FinnishNumbers.Cardinal(cents), quantity.FractionStart);
            c.Builder.Say(unit.Cents!.In(cents == 1 ? FinnishCase.Nominative : FinnishCase.Partitive), Math.Max(unitAt, quantity.FractionStart));
        }

        Finish(c);
        return true;
    }
}
