using System.Globalization;
using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>
/// E-mail and web addresses: their words as words, their separators by name. Query strings and fragments of web addresses are not said,
/// as nobody reads them aloud.
/// </summary>
internal static partial class FinnishAddresses
{
    // Every quantifier is bounded, so that a failed match at each of n positions costs O(n) in all.
    [GeneratedRegex(
        @"\G[A-Za-z0-9åäöÅÄÖ._%+\-]{1,64}@(?:[A-Za-z0-9åäö\-]{1,63}\.){1,6}[A-Za-z]{2,24}(?![\p{L}\p{Nd}@])",
        RegexOptions.CultureInvariant)]
    private static partial Regex EmailPattern();

    [GeneratedRegex(@"\G(?:https?://|www\.)[^\s<>""|]{1,2000}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex UrlPattern();

    [GeneratedRegex(
        @"\G(?:[A-Za-z0-9åäö\-]{1,63}\.){1,6}(?:fi|com|org|net|eu|info|io|edu|gov|uk)(?![\p{L}\p{Nd}@\-])(?:/[^\s<>""|]{0,2000})?",
        RegexOptions.CultureInvariant)]
    private static partial Regex DomainPattern();

    /// <summary>The end of the address that starts at <paramref name="start"/>; 0 where none does.</summary>
    public static int EndOf(string text, int start)
    {
        if (!MayStart(text, start))
        {
            return 0;
        }

        var match = EmailPattern().Match(text, start);
        if (match.Success)
        {
            return match.Index + match.Length;
        }

        match = UrlPattern().Match(text, start);
        if (!match.Success)
        {
            match = DomainPattern().Match(text, start);
        }

        return match.Success ? start + match.Value.AsSpan().TrimEnd(".,;:!?'…)]}–—").Length : 0;
    }

    // Only a full stop, an @ or a colon in the middle of what stands between spaces makes an address.
    private static bool MayStart(string text, int start)
    {
        for (var i = start; i < text.Length && i - start < 64 && text[i] is not (' ' or '\n'); i++)
        {
            if (text[i] is '.' or '@' or ':')
            {
                return i + 1 < text.Length && (char.IsLetterOrDigit(text[i + 1]) || text[i + 1] == '/');
            }
        }

        return false;
    }

    /// <summary>Says the address between <paramref name="start"/> and <paramref name="end"/>.</summary>
    public static void Say(SpokenTextBuilder builder, string text, int start, int end)
    {
        var at = SkipScheme(text, start, end);
        end = SpokenEnd(text, at, end);
        while (at < end)
        {
            var run = at;
            if (char.IsAsciiDigit(text[at]))
            {
                while (at < end && char.IsAsciiDigit(text[at]))
                {
                    at++;
                }

                var digits = text.AsSpan(run, at - run);
                var digitByDigit = digits.Length > 4 || (digits[0] == '0' && digits.Length > 1);
                var words = digitByDigit
                    ? FinnishNumbers.Digits(digits)
                    : FinnishNumbers.Cardinal(long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture));
                builder.Say(words, run);
                continue;
            }

            while (at < end && SpokenPunctuation.LetterLength(text, at) is > 0 and var length)
            {
                at += length;
            }

            if (at > run)
            {
                SayLetters(builder, text, run, at);
                continue;
            }

            if (text[at] == '%' && at + 2 < end && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]))
            {
                at += 3;
            }
            else
            {
                SaySeparator(builder, text[at], at++);
            }
        }
    }

    private static int SkipScheme(string text, int start, int end)
    {
        var slashes = text.AsSpan(start, end - start).IndexOf("://");
        return slashes is >= 0 and <= 5 ? start + slashes + 3 : start;
    }

    private static int SpokenEnd(string text, int start, int end)
    {
        var address = text.AsSpan(start, end - start);
        var query = address.IndexOfAny('?', '#');
        return start + (query < 0 ? address : address[..query]).TrimEnd('/').Length;
    }

    private static void SayLetters(SpokenTextBuilder builder, string text, int start, int end)
    {
        var word = text[start..end];
        if (word.Length == 1 && FinnishInitialisms.Letter(word[0]) is { } name)
        {
            builder.Say(name, start);
        }
        else if (word == "www" || FinnishInitialisms.IsSpelled(word, amongCapitals: false))
        {
            builder.Say(FinnishInitialisms.Spell(word, ""), start);
        }
        else
        {
            builder.Copy(start, end);
        }
    }

    private static void SaySeparator(SpokenTextBuilder builder, char separator, int index)
    {
        var name = separator switch
        {
            '.' => "piste",
            '-' => "viiva",
            '_' => "alaviiva",
            '@' => "ät",
            '/' => "kautta",
            '+' => "plus",
            ':' => "kaksoispiste",
            '~' => "tilde",
            _ => "",
        };
        if (name.Length > 0)
        {
            builder.Say(name, index);
        }
    }
}
