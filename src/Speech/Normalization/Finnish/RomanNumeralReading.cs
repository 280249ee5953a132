using System.Collections.Frozen;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Roman numerals: ordinals of rulers, wars and chapters; numbers behind a word that names them.</summary>
internal sealed class RomanNumeralReading() : Reading(
    "Roman numeral",
    ("Kaarle XVI Kustaa", "Kaarle kuudestoista Kustaa"),
    ("Paavi Leo X", "Paavi Leo kymmenes"),
    ("Kustaa II:n aikana", "Kustaa toisen aikana"),
    ("II maailmansodan", "toisen maailmansodan"),
    ("II luvussa", "toisessa luvussa"),
    ("liitteessä II mainitut", "liitteessä kaksi mainitut"),
    ("liitteessä V oleva", "liitteessä viisi oleva"))
{
    private static readonly FrozenSet<string> Rulers = (
        "Leo Pius Paavali Johannes Klemens Innocentius Bonifatius Gregorius Benedictus Kustaa Kaarle Eerik Juhana Aleksanteri Nikolai Henrik Ludvig Yrjö Elisabet Katariina "
        + "Fredrik Kristian Haakon Olavi Harald Filip Karl Gustav Charles Vilhelm Edvard Jaakko Rikhard Oskar Adolf Ramses Napoleon Otto Konrad Franciscus Franz Philip "
        + "Margareeta Margareta Maria Iivana Pietari Sigismund Alfonso Umberto Viktor Rudolf Leopold Baudouin Albert Carl Gustaf Fredrikin Kaarlen Kustaan Aleksanterin Nikolain").Split(' ').ToFrozenSet();

    public override bool TryRead(ReadingCursor c)
    {
        var end = c.EndOfLetters(c.At);
        if (end - c.At > 8 || !char.IsAsciiLetterUpper(c.Text[c.At]) || c.Peek(c.At - 1) is '-' or '.')
        {
            return false;
        }

        var value = RomanNumerals.ValueOf(c.Text.AsSpan(c.At, end - c.At));
        if (value is 0 or > 39 || (end - c.At == 1 && !Rulers.Contains(c.WordBefore(c.At).ToString()) && !IsBehindChapter(c)) || c.Peek(end) == '-' || c.IsDigit(end))
        {
            return false;
        }

        var start = c.At;
        if (c.IsBehindLabel(start) && NextWord.At(c, end) is not ("luvussa" or "luvun" or "osa" or "osassa" or "maailmansodassa"))
        {
            c.At = end;
            c.Builder.Say(FinnishNumbers.Cardinal(value, CaseEndings.ReadCase(c) ?? FinnishCase.Nominative), start);
            return true;
        }

        c.At = end;
        var form = CaseEndings.ReadCase(c) ?? FormBefore(c, start, end);
        c.Builder.Say(FinnishNumbers.Ordinal(value, form), start);
        if (c.Peek(c.At) == '.' && !c.EndsSentence(c.At))
        {
            c.At++;
        }

        return true;
    }

    private static bool IsBehindChapter(ReadingCursor c)
    {
        var word = c.WordBefore(c.At);
        return word.StartsWith("liit", StringComparison.OrdinalIgnoreCase) || word.StartsWith("luku", StringComparison.OrdinalIgnoreCase)
            || word.StartsWith("luvu", StringComparison.OrdinalIgnoreCase) || word.StartsWith("osa", StringComparison.OrdinalIgnoreCase);
    }

    // Behind a ruler's name the noun that follows is another's: "Kaarle XII sotilaan".
    private static FinnishCase FormBefore(ReadingCursor c, int start, int end)
    {
        var before = c.WordBefore(start);
        return before.Length > 0 && char.IsUpper(before[0]) && c.Peek(c.StartOfWordBefore(start) - 1) is ' ' or '\0' && Rulers.Contains(before.ToString())
            ? FinnishCase.Nominative
            : NextWord.FormOfOrdinal(c, end).Case;
    }
}
