using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.English;

/// <summary>Mail and web addresses: their words as words, their signs by name, their digits one by one.</summary>
internal sealed partial class ElectronicAddressReading() : Reading(
    "Electronic address",
    ("Write to jane.doe@example.com.", "Write to jane dot doe at example dot com."),
    ("a@b.org", "a at b dot org"),
    ("See example.com/news-2", "See example dot com slash news dash two"),
    ("https://www.example.com", "H T T P S colon slash slash W W W dot example dot com"),
    ("file:///notes/a_b.txt", "file colon slash slash slash notes slash a underscore b dot T X T"))
{
    // Longer runs without a space are no addresses that a reader would say.
    private const int LongestAhead = 256;

    public override bool TryRead(ReadingCursor c)
    {
        if (SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1) || !MayBegin(c.Text, c.At))
        {
            return false;
        }

        var match = MailPattern().Match(c.Text, c.At);
        match = match.Success ? match : WebPattern().Match(c.Text, c.At);
        if (!match.Success)
        {
            return false;
        }

        var end = c.At + match.ValueSpan.TrimEnd(".,;:!?'…)]}>–—-").Length;
        Say(c, end);
        return true;
    }

    // An address holds "@", "://" or a full stop between letters or digits before the next space.
    private static bool MayBegin(string text, int start)
    {
        for (var i = start + 1; i < text.Length - 1 && i - start < LongestAhead && text[i] is not (' ' or '\n'); i++)
        {
            if (text[i] is '.' or '@' or ':')
            {
                return char.IsLetterOrDigit(text[i + 1]) || text[i + 1] == '/';
            }

            if (text[i] is ',' or '"' or '(' or '<')
            {
                return false;
            }
        }

        return false;
    }

    private static void Say(ReadingCursor c, int end)
    {
        while (c.At < end)
        {
            var start = c.At;
            if (c.IsDigit(start))
            {
                c.At = c.EndOfDigits(start);
                c.Builder.Say(Digits(c.Text.AsSpan(start, c.At - start)), start);
            }
            else if (c.IsLetter(start))
            {
                c.At = Math.Min(end, c.EndOfLetters(start));
                SayLetters(c, start);
            }
            else
            {
                c.At++;
                if (Name(c.Text[start]) is { Length: > 0 } name)
                {
                    c.Builder.Say(name, start);
                }
            }
        }
    }

    // Round thousands are a model's number, not a code.
    private static string Digits(ReadOnlySpan<char> digits) =>
        digits.Length == 4 && digits[0] != '0' && digits[1..] is "000" ? EnglishNumbers.Cardinal(digits) : EnglishNumbers.Digits(digits);

    private static void SayLetters(ReadingCursor c, int start)
    {
        var word = c.Text[start..c.At];
        if (word.Length > 1 && EnglishInitialisms.IsSpelledInAddress(word))
        {
            c.Builder.Say(EnglishInitialisms.Spell(word), start);
        }
        else
        {
            c.Builder.Say(word.ToLowerInvariant() is "jpg" ? "jpeg" : word, start);
        }
    }

    private static string Name(char sign) => sign switch
    {
        '.' => "dot",
        '-' => "dash",
        '_' => "underscore",
        '@' => "at",
        '/' => "slash",
        '+' => "plus",
        ':' => "colon",
        '~' => "tilde",
        '&' => "ampersand",
        '=' => "equals",
        '?' => "question mark",
        '#' => "hash",
        '%' => "percent",
        _ => "",
    };

    [GeneratedRegex(
        @"\G[A-Za-z0-9._%+&\-]{1,64}@(?:[A-Za-z0-9\-]{1,63}\.){1,6}[A-Za-z]{2,24}(?![\p{L}\p{Nd}@])(?:/[^\s<>""|]{0,2000})?",
        RegexOptions.CultureInvariant)]
    private static partial Regex MailPattern();

    [GeneratedRegex(
        @"\G(?:(?:https?|ftp|file)://[^\s<>""|]{1,2000}|www\.[^\s<>""|]{1,2000}|(?:[A-Za-z0-9\-]{1,63}\.){1,6}"
        + @"(?:com|org|net|edu|gov|mil|info|io|ai|app|dev|co|uk|us|eu|de|fr|fi|se|no|dk|es|it|nl|ca|au|jp|tv)(?![\p{L}\p{Nd}@\-])(?:/[^\s<>""|]{0,2000})?)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex WebPattern();
}
