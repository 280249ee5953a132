using System.Globalization;
using System.Text;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Finnish numerals in every case.</summary>
/// <remarks>
/// Humanizer's Finnish cardinals are right from 0 to 2,147,483,647, but it knows the nominative only, throws beyond that range, writes
/// <c>kaksimiljoonaa</c> in one word, and its negative ordinals are empty. Since every case needs the principal parts below anyway, the
/// nominative comes from them too; the tests hold Humanizer against it.
/// </remarks>
internal static class FinnishNumbers
{
    /// <summary>The largest number said as one; below a thousand billion (10^15).</summary>
    public const long Max = 999_999_999_999_999;

    private static readonly FinnishNoun[] Cardinals =
    [
        FinnishNoun.Regular("nolla"),
        FinnishNoun.From("yksi", "yhtä", "yhde", "yhte"),
        FinnishNoun.From("kaksi", "kahta", "kahde", "kahte"),
        FinnishNoun.Regular("kolme"),
        FinnishNoun.Regular("neljä"),
        FinnishNoun.From("viisi", "viittä", "viide", "viite"),
        FinnishNoun.From("kuusi", "kuutta", "kuude", "kuute"),
        FinnishNoun.From("seitsemän", "seitsemää", "seitsemä", "seitsemä"),
        FinnishNoun.From("kahdeksan", "kahdeksaa", "kahdeksa", "kahdeksa"),
        FinnishNoun.From("yhdeksän", "yhdeksää", "yhdeksä", "yhdeksä"),
    ];

    private static readonly FinnishNoun Ten = FinnishNoun.From("kymmenen", "kymmentä", "kymmene", "kymmene");
    private static readonly FinnishNoun Hundred = FinnishNoun.From("sata", "sataa", "sada", "sata");
    private static readonly FinnishNoun Thousand = FinnishNoun.From("tuhat", "tuhatta", "tuhanne", "tuhante");

    // The first two have forms of their own only at the end of a numeral: toinen, but kahdestoista and kahdeskymmenes.
    private static readonly FinnishNoun First = FinnishNoun.From("ensimmäinen", "ensimmäistä", "ensimmäise", "ensimmäise");
    private static readonly FinnishNoun Second = FinnishNoun.From("toinen", "toista", "toise", "toise");

    private static readonly FinnishNoun[] Ordinals =
        [.. new[] { "nolla", "yhde", "kahde", "kolma", "neljä", "viide", "kuude", "seitsemä", "kahdeksa", "yhdeksä" }.Select(OrdinalOf)];

    private static readonly FinnishNoun Tenth = OrdinalOf("kymmene");
    private static readonly FinnishNoun Hundredth = OrdinalOf("sada");
    private static readonly FinnishNoun Thousandth = OrdinalOf("tuhanne");

    public static FinnishNoun Million { get; } = FinnishNoun.Regular("miljoona");

    public static FinnishNoun Billion { get; } = FinnishNoun.Regular("miljardi");

    private static readonly (long Size, FinnishNoun Cardinal, FinnishNoun Ordinal)[] Large =
    [
        (1_000_000_000_000, FinnishNoun.Regular("biljoona"), OrdinalOf("biljoona")),
        (1_000_000_000, Billion, OrdinalOf("miljardi")),
        (1_000_000, Million, OrdinalOf("miljoona")),
    ];

    /// <summary>The value of ASCII digits, at most 18.</summary>
    public static long Parse(ReadOnlySpan<char> digits) => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The cardinal of a number from 0 to <see cref="Max"/>: <c>viisi, viiden, viiteen</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or above <see cref="Max"/>.</exception>
    public static string Cardinal(long number, FinnishCase form = FinnishCase.Nominative)
    {
        Check(number);
        if (number == 0)
        {
            return Cardinals[0].In(form);
        }

        var words = new List<string>();
        foreach (var (size, noun, _) in Large)
        {
            var count = number / size;
            number %= size;
            if (count > 1)
            {
                words.Add(CardinalBelowThousand(count, form) + " " + noun.In(Counted(form)));
            }
            else if (count == 1)
            {
                words.Add(noun.In(form));
            }
        }

        var thousands = number / 1000;
        number %= 1000;
        if (thousands > 1)
        {
            words.Add(CardinalBelowThousand(thousands, form) + Thousand.In(Counted(form)));
        }
        else if (thousands == 1)
        {
            words.Add(Thousand.In(form));
        }

        if (number > 0)
        {
            words.Add(CardinalBelowThousand(number, form));
        }

        return string.Join(' ', words);
    }

    /// <summary>The ordinal of a number from 0 to <see cref="Max"/>: <c>viides, viidennen, viidenteen</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or above <see cref="Max"/>.</exception>
    public static string Ordinal(long number, FinnishCase form = FinnishCase.Nominative)
    {
        Check(number);
        if (number == 0)
        {
            return Ordinals[0].In(form);
        }

        var words = new StringBuilder();
        foreach (var (size, _, noun) in Large)
        {
            AppendOrdinal(words, number / size, noun, form);
            number %= size;
        }

        AppendOrdinal(words, number / 1000, Thousandth, form);
        number %= 1000;
        AppendOrdinalBelowThousand(words, number, form, last: true);
        return words.ToString();
    }

    /// <summary>Each ASCII digit by its name.</summary>
    public static string Digits(ReadOnlySpan<char> digits)
    {
        var words = new StringBuilder(digits.Length * 6);
        foreach (var digit in digits)
        {
            if (words.Length > 0)
            {
                words.Append(' ');
            }

            words.Append(Cardinals[digit - '0'].Nominative);
        }

        return words.ToString();
    }

    // "kaksikymmentä" counts in the partitive, but in every other case both parts agree: "kahdenkymmenen".
    private static FinnishCase Counted(FinnishCase form) => form == FinnishCase.Nominative ? FinnishCase.Partitive : form;

    private static string CardinalBelowThousand(long number, FinnishCase form)
    {
        var words = new StringBuilder();
        var hundreds = number / 100;
        var rest = number % 100;
        if (hundreds > 1)
        {
            words.Append(Cardinals[hundreds].In(form)).Append(Hundred.In(Counted(form)));
        }
        else if (hundreds == 1)
        {
            words.Append(Hundred.In(form));
        }

        if (rest is > 10 and < 20)
        {
            return words.Append(Cardinals[rest - 10].In(form)).Append("toista").ToString();
        }

        if (rest >= 20)
        {
            words.Append(Cardinals[rest / 10].In(form)).Append(Ten.In(Counted(form)));
        }
        else if (rest == 10)
        {
            words.Append(Ten.In(form));
        }

        if (rest % 10 > 0)
        {
            words.Append(Cardinals[rest % 10].In(form));
        }

        return words.ToString();
    }

    private static void AppendOrdinal(StringBuilder words, long count, FinnishNoun size, FinnishCase form)
    {
        if (count == 0)
        {
            return;
        }

        if (count > 1)
        {
            AppendOrdinalBelowThousand(words, count, form, last: false);
        }

        words.Append(size.In(form));
    }

    private static void AppendOrdinalBelowThousand(StringBuilder words, long number, FinnishCase form, bool last)
    {
        var rest = number % 100;
        if (number >= 200)
        {
            words.Append(Ordinals[number / 100].In(form));
        }

        if (number >= 100)
        {
            words.Append(Hundredth.In(form));
        }

        if (rest is > 10 and < 20)
        {
            words.Append(Ordinals[rest - 10].In(form)).Append("toista");
            return;
        }

        if (rest >= 20)
        {
            words.Append(Ordinals[rest / 10].In(form));
        }

        if (rest >= 10)
        {
            words.Append(Tenth.In(form));
        }

        var unit = rest % 10;
        if (unit > 0)
        {
            words.Append(((unit, last) switch { (1, true) => First, (2, true) => Second, _ => Ordinals[unit] }).In(form));
        }
    }

    private static FinnishNoun OrdinalOf(string stem)
    {
        var nominative = stem + "s";
        var noun = FinnishNoun.From(nominative, stem, stem + "nne", stem + "nte");
        return noun with { Partitive = stem + (noun.Front ? "ttä" : "tta") };
    }

    private static void Check(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Max);
    }
}
