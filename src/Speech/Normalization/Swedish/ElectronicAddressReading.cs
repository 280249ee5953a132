using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Swedish;

/// <summary>Mail and web addresses: their words as words, their signs by name, their digits one by one.</summary>
internal sealed partial class ElectronicAddressReading() : Reading(
    "Electronic address",
    ("Skriv till anna.berg@svt.se.", "Skriv till anna punkt berg snabel-a ess ve te punkt se."),
    ("www.dn.se/nyheter", "ve ve ve punkt de en punkt se snedstreck nyheter"),
    ("asdf12@abc.com", "asdf ett två snabel-a abc punkt com"))
{
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

        Say(c, c.At + match.ValueSpan.TrimEnd(".,;:!?'…)]}>–—-/").Length);
        return true;
    }

    // An address holds "@", "://" or a full stop between letters or digits before the next space.
    private static bool MayBegin(string text, int start)
    {
        for (var i = start + 1; i < text.Length - 1 && i - start < LongestAhead && text[i] is not (' ' or '\n' or ',' or '"' or '('); i++)
        {
            if (text[i] is '.' or '@' or ':')
            {
                return char.IsLetterOrDigit(text[i + 1]) || text[i + 1] == '/';
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
                c.At = SwedishNumeral.EndOfDigits(c.Text, start);
                c.Builder.Say(SwedishNumbers.Digits(c.Text.AsSpan(start, c.At - start)), start);
            }
            else if (c.IsLetter(start))
            {
                c.At = Math.Min(end, c.EndOfLetters(start));
                SayLetters(c, start);
            }
            else
            {
                var isScheme = string.CompareOrdinal(c.Text, start, "://", 0, 3) == 0;
                c.At += isScheme ? 3 : 1;
                c.Builder.Say(isScheme ? "kolon dubbla snedstreck" : Name(c.Text[start]), start);
            }
        }
    }

    private static void SayLetters(ReadingCursor c, int start)
    {
        var word = c.Text.AsSpan(start, c.At - start);
        if (word is "www")
        {
            c.Builder.Say("ve ve ve", start);
        }
        else if (SwedishInitialisms.IsSpelled(word))
        {
            c.Builder.Say(SwedishInitialisms.Spell(word), start);
        }
        else
        {
            c.Builder.Copy(start, c.At);
        }
    }

    private static string Name(char sign) => sign switch
    {
        '.' => "punkt",
        '-' => "bindestreck",
        '_' => "understreck",
        '@' => "snabel-a",
        '/' => "snedstreck",
        '+' => "plus",
        ':' => "kolon",
        '?' => "frågetecken",
        '=' => "lika med",
        '&' => "et",
        '#' => "nummertecken",
        '%' => "procent",
        '~' => "tilde",
        _ => "tecken",
    };

    [GeneratedRegex(@"\G[A-Za-z0-9åäöÅÄÖ._%+\-]{1,64}@(?:[A-Za-z0-9åäö\-]{1,63}\.){1,6}[A-Za-z]{2,24}(?![\p{L}\p{Nd}@])", RegexOptions.CultureInvariant)]
    private static partial Regex MailPattern();

    [GeneratedRegex(
        @"\G(?:(?:https?|ftp)://[^\s<>""|]{1,2000}|www\.[^\s<>""|]{1,2000}|(?:[A-Za-z0-9åäö\-]{1,63}\.){1,6}(?:se|nu|fi|no|dk|com|org|net|eu|info|io|edu|gov|uk|de)(?![\p{L}\p{Nd}@\-])(?:/[^\s<>""|]{0,2000})?)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex WebPattern();
}
