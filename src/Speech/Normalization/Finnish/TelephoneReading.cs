using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Telephone numbers, digit by digit: <c>040 123 4567</c>, <c>+358 40 1234567</c>, <c>puh. 112</c>.</summary>
internal sealed partial class TelephoneReading : IFinnishReading
{
    public bool TryRead(FinnishCursor c)
    {
        var match = c.PhoneAt == c.At ? AnnouncedPhonePattern().Match(c.Text, c.At) : PhonePattern().Match(c.Text, c.At);
        if (!match.Success || (c.PhoneAt != c.At && match.Value.Count(char.IsAsciiDigit) < 8))
        {
            return false;
        }

        var end = c.At + match.Length;
        while (c.At < end)
        {
            var start = c.At;
            if (c.Text[start] == '+')
            {
                c.Builder.Say("plus", start);
                c.At++;
            }
            else if (c.IsDigit(start))
            {
                while (c.At < end && c.IsDigit(c.At))
                {
                    c.At++;
                }

                c.Builder.Say(FinnishNumbers.Digits(c.Text.AsSpan(start, c.At - start)), start);
            }
            else
            {
                // Each group of digits is said in one breath.
                c.Builder.Mark(',', start);
                c.At++;
            }
        }

        return true;
    }

    [GeneratedRegex(@"\G\+?\d{1,15}(?>[ -]\d{1,9}){0,6}(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex AnnouncedPhonePattern();

    [GeneratedRegex(@"\G(?:\+\d{1,3}(?>[ -]\d{1,9}){1,6}|\+\d{9,15}|0\d{1,3}(?>[ -]\d{2,9}){1,5})(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex PhonePattern();
}
