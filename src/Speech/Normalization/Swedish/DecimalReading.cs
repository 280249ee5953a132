namespace Dictation.Speech.Normalization.Swedish;

/// <summary>Numbers with a decimal comma, and with a large number's name.</summary>
internal sealed class DecimalReading() : Reading(
    "Decimal",
    ("3,5", "tre komma fem"),
    ("3,15", "tre komma femton"),
    ("0,05", "noll komma noll fem"),
    ("3,1415", "tre komma ett fyra ett fem"),
    ("1 miljon", "en miljon"),
    ("1,5 mn", "en komma fem miljoner"),
    ("2 md kr", "två miljarder kronor"),
    ("2,5 milj. kr", "två komma fem miljoner kronor"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var number = SwedishNumeral.Read(c.Text, c.At);
        var magnitude = SwedishUnits.Magnitude(c.Text, number.End, out var end);
        if (number.Decimals.Length == 0 && magnitude.Length == 0)
        {
            return false;
        }

        c.Builder.Say(number.InWords(common: magnitude.Length > 0 && magnitude != "tusen"), c.At);
        c.At = number.End;
        if (magnitude.Length > 0)
        {
            c.Builder.Say(magnitude, c.SkipSpace(c.At));
            c.At = end;
            if (c.Peek(end) == '.' && c.IsLetter(c.SkipSpace(end + 1)))
            {
                c.SwallowStop();
            }

            MoneyReading.SayCrowns(c);
        }

        return true;
    }
}
