namespace Dictation.Speech.Normalization.Swedish;

/// <summary>Amounts with a unit.</summary>
internal sealed class MeasureReading() : Reading(
    "Measure",
    ("5 km", "fem kilometer"),
    ("1 kg", "ett kilogram"),
    ("1 m", "en meter"),
    ("5 km/h", "fem kilometer i timmen"),
    ("20 °C", "tjugo grader Celsius"),
    ("3,5 %", "tre komma fem procent"),
    ("3,5 tim", "tre komma fem timmar"),
    ("-12 kg", "minus tolv kilogram"),
    ("50 m²", "femtio kvadratmeter"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var number = SwedishNumeral.Read(c.Text, c.At);
        var at = c.SkipSpace(number.End);
        if (c.IsLetter(c.At - 1) || SwedishUnits.Read(c.Text, at, out var end) is not { } unit || (c.Text[at] is 'A' or 's' or 't' or 'V'
            && at == number.End))
        {
            return false;
        }

        c.Builder.Say(number.InWords(unit.Common && number.IsOne), c.At);
        c.Builder.Say(number.IsOne ? unit.One : unit.Many, at);
        c.At = end;
        if (c.Peek(end) == '.' && c.IsLetter(end - 1))
        {
            c.SwallowStop();
        }

        return true;
    }
}
