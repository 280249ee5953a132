using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.English;

/// <summary>Fractions, alone and behind a whole number, and their unit.</summary>
internal sealed partial class FractionReading() : Reading(
    "Fraction",
    ("1/2 cup", "one half cup"),
    ("3/4", "three quarters"),
    ("31/32", "thirty-one thirty-seconds"),
    ("2 1/2", "two and a half"),
    ("4 1/2 lbs", "four and a half pounds"),
    ("1/60th of an hour", "one sixtieth of an hour"),
    ("2½ miles", "two and a half miles"),
    ("24/7", "twenty-four seven"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var end = c.EndOfDigits(c.At);
        if (end - c.At > 5 || SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1) || c.Peek(c.At - 1) is '/' or '.' or ',')
        {
            return false;
        }

        if (EnglishFractions.Sign(c.Peek(c.SkipSpace(end))) is { } sign)
        {
            c.Builder.Say($"{EnglishNumbers.Cardinal(c.Text.AsSpan(c.At, end - c.At))} and {EnglishFractions.AfterWhole(sign)}", c.At);
            c.At = c.SkipSpace(end) + 1;
            SayUnit(c, isOne: false);
            return true;
        }

        var match = c.Peek(end) is '/' or ' ' ? Pattern().Match(c.Text, c.At) : Match.Empty;
        if (!match.Success || match.Groups["bottom"].ValueSpan[0] == '0')
        {
            return false;
        }

        Say(c, match);
        return true;
    }

    private static void Say(ReadingCursor c, Match match)
    {
        var (whole, top, bottom) = (match.Groups["whole"], match.Groups["top"], match.Groups["bottom"]);
        c.At = match.Index + match.Length;
        if (!whole.Success && ((top.Value, bottom.Value) is ("24", "7") or ("9", "11") || (top.Length == 2 && top.Value == bottom.Value)))
        {
            c.Builder.Say($"{EnglishNumbers.Cardinal(top.ValueSpan)} {EnglishNumbers.Cardinal(bottom.ValueSpan)}", top.Index);
            return;
        }

        var words = EnglishFractions.Words(top.Value, bottom.Value);
        if (whole.Success)
        {
            c.Builder.Say(EnglishNumbers.Cardinal(whole.ValueSpan) + " and", whole.Index);
            words = EnglishFractions.AfterWhole(words);
        }

        c.Builder.Say(words, top.Index);
        SayUnit(c, isOne: false);
    }

    private static void SayUnit(ReadingCursor c, bool isOne)
    {
        var at = c.SkipSpace(c.At);
        if (EnglishUnits.TryRead(c.Text, at, out var one, out var many, out var end))
        {
            c.Builder.Say(isOne ? one : many, at);
            c.At = end;
        }
    }

    [GeneratedRegex(@"\G(?:(?<whole>\d{1,4}) )?(?<top>\d{1,5})(?: / |/)(?<bottom>\d{1,5})(?i:st|nd|rd|th)?(?![\p{L}\d/]|[.,-]\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
