namespace Dictation.Speech.Normalization.Finnish;

/// <summary>An amount with a unit or a magnitude: <c>5 km</c>, <c>12,50 €</c>, <c>3 milj. €</c>.</summary>
internal sealed class MeasureReading : IQuantityReading
{
    public bool TryRead(FinnishCursor c, Quantity quantity)
    {
        var at = c.SkipSpace(c.At);
        if (FinnishUnits.TryReadMagnitude(c.Text, at, out var magnitude, out var end))
        {
            QuantityWords.Say(c, quantity, FinnishCase.Nominative);
            c.Builder.Say(magnitude.In(quantity.IsOne ? FinnishCase.Nominative : FinnishCase.Partitive), at);
            c.At = end;
            if (c.Peek(c.At) == '.')
            {
                c.SwallowStop(leads: FinnishUnits.TryRead(c.Text, c.SkipSpace(c.At + 1), out _, out _));
            }

            var next = c.SkipSpace(c.At);
            if (FinnishUnits.TryRead(c.Text, next, out var counted, out end))
            {
                c.At = end;
                c.Builder.Say(counted.Noun.In(FinnishCase.Partitive), next);
                MeasureWords.Finish(c);
            }

            return true;
        }

        if (!FinnishUnits.TryRead(c.Text, at, out var unit, out end))
        {
            return false;
        }
        // In "Mannerheimintie 5 A 12" the letter is a staircase.
        if (end == at + 1 && char.IsUpper(c.Text[at]) && c.Peek(end) == ' ' && c.IsDigit(end + 1))
        {
            return false;
        }

        var compound = c.Peek(end) == '-' && c.IsLetter(end + 1);
        if (compound && c.Text[at] != '%')
        {
            return false;
        }

        if (compound)
        {
            QuantityWords.Say(c, quantity, FinnishCase.Nominative);
            c.Builder.Say(unit.Noun.Nominative, at);
            c.Builder.Hyphen();
            c.At = end + 1;
            return true;
        }

        c.At = end;
        MeasureWords.Say(c, quantity, unit, at);
        return true;
    }
}

/// <summary>A range with a unit: <c>5–10 km</c> is said "viidestä kymmeneen kilometriä".</summary>
internal sealed class MeasureRangeReading : IQuantityReading
{
    public bool TryRead(FinnishCursor c, Quantity quantity)
    {
        var dash = c.Peek(c.At) == ' ' && c.Peek(c.At + 1) == '–' ? c.At + 1 : c.At;
        if (c.Peek(dash) is not ('–' or '-') || !quantity.IsWhole || IsBehindRange(c, quantity.Start))
        {
            return false;
        }

        var second = c.Peek(dash + 1) == ' ' && dash > c.At ? dash + 2 : dash + 1;
        if (!c.IsDigit(second))
        {
            return false;
        }

        var back = c.At;
        c.At = second;
        var last = Quantity.Read(c);
        if (!last.IsWhole || !FinnishUnits.TryRead(c.Text, c.SkipSpace(c.At), out var unit, out _) || unit.Ordinal)
        {
            c.At = back;
            return false;
        }

        QuantityWords.Say(c, quantity, FinnishCase.Elative);
        QuantityWords.Say(c, last, FinnishCase.Illative);
        var at = c.SkipSpace(c.At);
        FinnishUnits.TryRead(c.Text, at, out _, out var end);
        c.At = end;
        c.Builder.Say(unit.Noun.In(FinnishCase.Partitive), at);
        MeasureWords.Finish(c);
        return true;
    }

    // In "1-2-3 km" no two parts are a range.
    private static bool IsBehindRange(FinnishCursor c, int start) => c.Peek(start - 1) is '–' or '-' && c.IsDigit(start - 2);
}
