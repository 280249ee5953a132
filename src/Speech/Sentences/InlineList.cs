namespace Dictation.Speech.Sentences;

/// <summary>
/// Finds the items of lists that stand in one line: <c>1) First 2) Second</c>, <c>a. one b. two</c>. Two signs or more in order make a list, the
/// first of them where a sentence may begin. Time is linear in the text's length.
/// </summary>
internal static class InlineList
{
    private const int LongestNumber = 3;

    private const string Bullets = "•⁃‣◦▪";

    /// <summary>Where items begin, and the length of each item's sign; rising.</summary>
    public static List<(int Start, int Length)> Items(string text)
    {
        var items = new List<(int, int)>();
        var open = new Dictionary<string, (Sign Last, bool IsTold)>(StringComparer.Ordinal);
        for (var at = 0; at < text.Length; at++)
        {
            if ((at > 0 && text[at - 1] is not (' ' or '\n')) || Read(text, at) is not { } sign)
            {
                continue;
            }

            if (open.TryGetValue(sign.Style, out var list) && (list.Last.Value + 1 == sign.Value || sign.Value < 0))
            {
                if (!list.IsTold)
                {
                    items.Add((list.Last.Start, list.Last.Length));
                }

                items.Add((sign.Start, sign.Length));
                open[sign.Style] = (sign, true);
            }
            else if (MayBeFirst(text, sign))
            {
                open[sign.Style] = (sign, false);
            }
        }

        items.Sort();
        return items;
    }

    private static Sign? Read(string text, int at)
    {
        if (Bullets.Contains(text[at], StringComparison.Ordinal))
        {
            return ReadBullet(text, at);
        }

        var opens = text[at] == '(' ? 1 : 0;
        var first = at + opens;
        var end = first;
        while (end < text.Length && end - first < LongestNumber && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        var isNumber = end > first;
        end = isNumber ? end : first < text.Length && char.IsAsciiLetter(text[first]) ? first + 1 : first;
        var mark = end;
        while (end < text.Length && end - mark < 2 && text[end] is '.' or ')')
        {
            end++;
        }

        var style = text[mark..end];
        if (mark == first || end + 1 >= text.Length || text[end] != ' ' || style is not ("." or ")" or ".)") || (opens > 0 && style != ")") || (isNumber && style == "." && !char.IsUpper(text[end + 1])))
        {
            return null;
        }

        var value = isNumber ? int.Parse(text.AsSpan(first, mark - first), System.Globalization.CultureInfo.InvariantCulture) : text[first];
        var kind = isNumber ? "1" : char.IsUpper(text[first]) ? "A" : "a";
        return new Sign(at, end - at, (opens > 0 ? "(" : "") + kind + style, value);
    }

    // "• 9.": the number is part of the sign.
    private static Sign ReadBullet(string text, int at)
    {
        var end = at + 1;
        var number = end < text.Length && text[end] == ' ' ? end + 1 : end;
        var digits = number;
        while (digits < text.Length && digits - number < LongestNumber && char.IsAsciiDigit(text[digits]))
        {
            digits++;
        }

        end = digits > number && digits < text.Length && text[digits] == '.' ? digits + 1 : end;
        return new Sign(at, end - at, text[at].ToString(), -1);
    }

    // Numbers and small letters with a full stop begin at one; initials are no signs.
    private static bool MayBeFirst(string text, Sign sign)
    {
        if (sign.Style == "A." || (sign.Style is "1." or "a." && sign.Value is not (1 or 'a')))
        {
            return false;
        }

        var before = sign.Start - 1;
        while (before >= 0 && text[before] == ' ')
        {
            before--;
        }

        return before < 0 || text[before] is '\n' or '.' or '!' or '?' or ':';
    }

    private readonly record struct Sign(int Start, int Length, string Style, int Value);
}
