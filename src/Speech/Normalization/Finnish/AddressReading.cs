namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Mail and web addresses: <c>matti@example.fi</c>, <c>www.yle.fi</c>.</summary>
internal sealed class AddressReading : IFinnishReading
{
    public bool TryRead(FinnishCursor c)
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
