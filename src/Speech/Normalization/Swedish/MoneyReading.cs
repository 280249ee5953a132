namespace Dictation.Speech.Normalization.Swedish;

/// <summary>Amounts of money.</summary>
internal sealed class MoneyReading() : Reading(
    "Money",
    ("5 kr", "fem kronor"),
    ("1 kr", "en krona"),
    ("12,50 €", "tolv euro femtio cent"),
    ("12,50 kr", "tolv kronor femtio öre"),
    ("$2,5 miljoner", "två komma fem miljoner dollar"),
    ("£1,20", "ett pund tjugo pence"),
    ("$15 000", "femtontusen dollar"),
    ("100 SEK", "hundra svenska kronor"),
    ("50:-", "femtio kronor"))
{
    private static readonly SwedishCurrency Crown = new("krona", "kronor", "öre", "öre", Common: true);

    public override bool TryRead(ReadingCursor c)
    {
        if (c.IsDigit(c.At))
        {
            return TryBehind(c);
        }

        if (SwedishCurrency.At(c.Text, c.At, out var length) is not { } currency || SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1))
        {
            return false;
        }

        var at = c.SkipSpace(c.At + length);
        if (!c.IsDigit(at) && !(c.Peek(at) == ',' && c.IsDigit(at + 1)))
        {
            return false;
        }

        var (start, number) = (c.At, SwedishNumeral.Read(c.Text, at));
        Say(c, start, number, currency);
        if (c.Peek(c.At) is '-' or '–' && SwedishCurrency.At(c.Text, c.At + 1, out _) is not null)
        {
            c.Builder.Say("till", c.At++);
        }

        return true;
    }

    /// <summary>Says the <c>kr</c> behind a large number's name.</summary>
    public static void SayCrowns(ReadingCursor c)
    {
        var at = c.SkipSpace(c.At);
        if (string.CompareOrdinal(c.Text, at, "kr", 0, 2) == 0 && !SpokenPunctuation.IsWordCharacter(c.Text, at + 2))
        {
            c.Builder.Say("kronor", at);
            c.At = at + 2;
        }
    }

    // "12,50 €", "5 kr", "50:-"
    private static bool TryBehind(ReadingCursor c)
    {
        var (start, number) = (c.At, SwedishNumeral.Read(c.Text, c.At));
        var at = c.SkipSpace(number.End);
        var isDash = c.Peek(number.End) == ':' && c.Peek(number.End + 1) is '-' or '–'
            && !SpokenPunctuation.IsWordCharacter(c.Text, number.End + 2);
        var length = 2;
        var currency = isDash || (string.CompareOrdinal(c.Text, at, "kr", 0, 2) == 0 && !SpokenPunctuation.IsWordCharacter(c.Text, at + 2))
            ? Crown
            : SwedishCurrency.At(c.Text, at, out length);
        if (currency is null || SpokenPunctuation.IsWordCharacter(c.Text, at + length))
        {
            return false;
        }

        SayAmount(c, start, number, currency);
        c.At = at + length;
        if (SwedishUnits.Rate(c.Text, c.At, out var end) is { Length: > 0 } rate)
        {
            c.Builder.Say(rate, c.At);
            c.At = end;
        }

        return true;
    }

    private static void Say(ReadingCursor c, int start, SwedishNumeral number, SwedishCurrency currency)
    {
        c.At = number.End;
        var magnitude = SwedishUnits.Magnitude(c.Text, number.End, out var end);
        if (magnitude.Length == 0)
        {
            SayAmount(c, start, number, currency);
            return;
        }

        c.Builder.Say($"{number.InWords(common: true)} {magnitude} {currency.Many}", start);
        c.At = end;
    }

    private static void SayAmount(ReadingCursor c, int start, SwedishNumeral number, SwedishCurrency currency)
    {
        var decimals = number.Decimals.TrimEnd('0');
        if (decimals.Length is 0 or > 2 || currency.Cents.Length == 0)
        {
            var whole = decimals.Length == 0 ? number with { Decimals = "" } : number;
            c.Builder.Say($"{whole.InWords(currency.Common)} {(whole.IsOne ? currency.One : currency.Many)}", start);
            return;
        }

        var cents = decimals.PadRight(2, '0').TrimStart('0');
        var amount = number.Whole.AsSpan().ContainsAnyExcept('0')
            ? $"{SwedishNumbers.Cardinal(number.Whole, currency.Common)} {(number.Whole == "1" ? currency.One : currency.Many)} "
            : "";
        c.Builder.Say($"{amount}{SwedishNumbers.Cardinal(cents, currency.Cent != "öre")} {(cents == "1" ? currency.Cent : currency.Cents)}", start);
    }
}
