namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Amounts with a unit or a large number's short form, in the case of what follows.</summary>
internal sealed class MeasureReading() : Reading(
    "Measure",
    ("5 km", "viisi kilometriä"),
    ("1 km", "yksi kilometri"),
    ("10 km:n", "kymmenen kilometrin"),
    ("80 km/h", "kahdeksankymmentä kilometriä tunnissa"),
    ("24 t/vrk", "kaksikymmentäneljä tuntia vuorokaudessa"),
    ("4 t/vuosi", "neljä tonnia vuodessa"),
    ("-5 °C", "miinus viisi celsiusastetta"),
    ("50 m²", "viisikymmentä neliömetriä"),
    ("2,5 mm", "kaksi pilkku viisi millimetriä"),
    ("3,5 %:n", "kolme pilkku viiden prosentin"),
    ("44 %: lla", "neljälläkymmenelläneljällä prosentilla"),
    ("3 %-yksikköä", "kolme prosentti-yksikköä"),
    ("1 h 30 min", "yksi tunti kolmekymmentä minuuttia"),
    ("6 l/100 km", "kuusi litraa sataa kilometriä kohti"),
    ("30 km/h:n rajoitus", "kolmenkymmenen kilometrin tunnissa rajoitus"),
    ("9 ha tontin", "yhdeksän hehtaarin tontin"),
    ("5 km päässä", "viiden kilometrin päässä"),
    ("100 m juoksu", "sadan metrin juoksu"),
    ("5 min. kuluttua", "viiden minuutin kuluttua"),
    ("Kesto on 5 min. Tule!", "Kesto on viisi minuuttia. Tule!"),
    ("230 V", "kaksisataakolmekymmentä volttia"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var quantity = Quantity.Read(c, c.At);
        var at = c.SkipSpace(quantity.End);
        if (FinnishUnits.TryReadMagnitude(c.Text, at, out var magnitude, out var end))
        {
            SayMagnitude(c, quantity, magnitude, at, end);
            return true;
        }

        if (!FinnishUnits.TryRead(c.Text, at, out var unit, out end) || UnitWords.IsLetterBehind(c, quantity, end))
        {
            return false;
        }

        if (c.Peek(end) != '-' || !c.IsLetter(end + 1))
        {
            return UnitWords.Say(c, quantity, unit, at, end);
        }

        // "100 m-juoksu", "3 %-yksikköä": the unit is the first part of a compound.
        QuantityWords.Say(c, quantity, c.Text[at] == '%' ? FinnishCase.Nominative : FinnishCase.Genitive);
        c.Builder.Say(unit.Noun.In(c.Text[at] == '%' ? FinnishCase.Nominative : FinnishCase.Genitive), at);
        c.Builder.Hyphen();
        c.At = end + 1;
        return true;
    }

    private static void SayMagnitude(ReadingCursor c, Quantity quantity, FinnishNoun magnitude, int at, int end)
    {
        var stop = c.Peek(end) == '.' ? end + 1 : end;
        var isMeasure = FinnishUnits.TryRead(c.Text, c.SkipSpace(stop), out var unit, out var unitEnd);
        var word = isMeasure ? "" : NextWord.At(c, stop);
        var behind = unitEnd;
        var form = (isMeasure ? CaseEndings.PeekCase(c, unitEnd, out behind) : null) ?? (word.Length > 0 ? NounForms.OfCardinalBefore(word) : FinnishCase.Nominative);
        QuantityWords.Say(c, quantity, form);
        c.Builder.Say(magnitude.In(form == FinnishCase.Nominative && !quantity.IsOne ? FinnishCase.Partitive : form), at);
        c.At = end;
        if (isMeasure)
        {
            c.Builder.Say(unit.Noun.In(form == FinnishCase.Nominative ? FinnishCase.Partitive : form), c.SkipSpace(stop));
            c.At = behind;
            UnitWords.Finish(c);
        }
        else if (stop > end)
        {
            c.SwallowStop();
        }
    }
}
