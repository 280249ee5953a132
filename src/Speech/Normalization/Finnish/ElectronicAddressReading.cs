namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Mail and web addresses: their words as words, their separators by name.</summary>
internal sealed class ElectronicAddressReading() : Reading(
    "Electronic address",
    ("Kirjoita matti.meikalainen@yle.fi.", "Kirjoita matti piste meikalainen ät yle piste fi."),
    ("e-mail@osoite.fi", "ee viiva mail ät osoite piste fi"),
    ("https://www.kela.fi/asiointi/", "vee vee vee piste kela piste fi kautta asiointi"),
    ("(ks. yle.fi)", "katso yle piste fi"))
{
    public override bool TryRead(ReadingCursor c)
    {
        if (SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1) || FinnishAddresses.EndOf(c.Text, c.At) is not (> 0 and var end))
        {
            return false;
        }

        FinnishAddresses.Say(c.Builder, c.Text, c.At, end);
        c.At = end;
        return true;
    }
}
