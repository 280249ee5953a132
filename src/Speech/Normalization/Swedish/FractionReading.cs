using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Swedish;

/// <summary>Fractions, alone and behind a whole number.</summary>
internal sealed partial class FractionReading() : Reading(
    "Fraction",
    ("1/2", "en halv"),
    ("3/4", "tre fjärdedelar"),
    ("23 4/5", "tjugotre och fyra femtedelar"),
    ("2½ dl", "två och en halv deciliter"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var end = SwedishNumeral.EndOfDigits(c.Text, c.At);
        if (SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1) || c.Peek(c.At - 1) is '/' or ',' || end - c.At > 4)
        {
            return false;
        }

        if (SymbolReading.Fraction(c.Peek(c.SkipSpace(end))) is { } sign)
        {
            c.Builder.Say($"{SwedishNumbers.Cardinal(c.Text.AsSpan(c.At, end - c.At))} och {sign}", c.At);
            c.At = c.SkipSpace(end) + 1;
            SayUnit(c);
            return true;
        }

        var match = c.Peek(end) is '/' or ' ' ? Pattern().Match(c.Text, c.At) : Match.Empty;
        if (!match.Success || match.Groups["bottom"].ValueSpan[0] == '0' || match.Groups["bottom"].ValueSpan is "1")
        {
            return false;
        }

        var whole = match.Groups["whole"];
        c.Builder.Say((whole.Success ? SwedishNumbers.Cardinal(whole.ValueSpan) + " och " : "") + Words(match.Groups["top"].Value, match.Groups["bottom"].Value), c.At);
        c.At += match.Length;
        SayUnit(c);
        return true;
    }

    private static string Words(string top, string bottom)
    {
        if (bottom == "2")
        {
            return top == "1" ? "en halv" : SwedishNumbers.Cardinal(top) + " halva";
        }

        var part = SwedishNumbers.Ordinal(bottom);
        part = (part.EndsWith("nde", StringComparison.Ordinal) && part.Length > 6 ? part[..^2] : part) + "del";
        return top == "1" ? "en " + part : $"{SwedishNumbers.Cardinal(top)} {part}ar";
    }

    private static void SayUnit(ReadingCursor c)
    {
        var at = c.SkipSpace(c.At);
        if (SwedishUnits.Read(c.Text, at, out var end) is { } unit)
        {
            c.Builder.Say(unit.Many, at);
            c.At = end;
        }
    }

    [GeneratedRegex(@"\G(?:(?<whole>\d{1,3}) )?(?<top>\d{1,2})/(?<bottom>\d{1,3})(?![\p{L}\d/]|[.,:-]\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
