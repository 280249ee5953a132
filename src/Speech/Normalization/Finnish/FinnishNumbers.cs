using System.Globalization;
using System.Text;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Finnish numerals in every case, singular and plural, built from the tables below.</summary>
/// <remarks>
/// Humanizer's Finnish cardinals are right from 0 to 2,147,483,647, but it knows the nominative only, throws beyond that range, writes
/// <c>kaksimiljoonaa</c> in one word, and its negative ordinals are empty. Since every case needs the principal parts below anyway, the
/// nominative comes from them too; the tests hold Humanizer against it.
/// </remarks>
internal static class FinnishNumbers
{
    /// <summary>The largest number said as one; below a thousand billion (10^15).</summary>
    public const long Max = 999_999_999_999_999;

    private static readonly FinnishNumeral[] Cardinals =
    [
        Plural(FinnishNoun.Regular("nolla"), "nollien", "nollia", "nolli", "nolliin", "nolli"),
        FinnishNumeral.WithStem(FinnishNoun.From("yksi", "yhtä", "yhde", "yhte"), "yksi"),
        FinnishNumeral.WithStem(FinnishNoun.From("kaksi", "kahta", "kahde", "kahte"), "kaksi"),
        FinnishNumeral.WithStem(FinnishNoun.Regular("kolme"), "kolmi"),
        Plural(FinnishNoun.Regular("neljä"), "neljien", "neljiä", "nelji", "neljiin", "nelji"),
        FinnishNumeral.WithStem(FinnishNoun.From("viisi", "viittä", "viide", "viite"), "viisi"),
        FinnishNumeral.WithStem(FinnishNoun.From("kuusi", "kuutta", "kuude", "kuute"), "kuusi"),
        FinnishNumeral.WithStem(FinnishNoun.From("seitsemän", "seitsemää", "seitsemä", "seitsemä"), "seitsemi"),
        FinnishNumeral.WithStem(FinnishNoun.From("kahdeksan", "kahdeksaa", "kahdeksa", "kahdeksa"), "kahdeksi"),
        FinnishNumeral.WithStem(FinnishNoun.From("yhdeksän", "yhdeksää", "yhdeksä", "yhdeksä"), "yhdeksi"),
    ];

    private static readonly FinnishNumeral Ten = FinnishNumeral.WithStem(FinnishNoun.From("kymmenen", "kymmentä", "kymmene", "kymmene"), "kymmeni");
    private static readonly FinnishNumeral Hundred = Plural(FinnishNoun.From("sata", "sataa", "sada", "sata"), "satojen", "satoja", "sadoi", "satoihin", "satoi");
    private static readonly FinnishNumeral Thousand = FinnishNumeral.WithStem(FinnishNoun.From("tuhat", "tuhatta", "tuhanne", "tuhante"), "tuhansi");

    // The first two have forms of their own only at the end of a numeral: toinen, but kahdestoista and kahdeskymmenes.
    private static readonly FinnishNumeral First =
        Plural(FinnishNoun.From("ensimmäinen", "ensimmäistä", "ensimmäise", "ensimmäise"), "ensimmäisten", "ensimmäisiä", "ensimmäisi", "ensimmäisiin", "ensimmäisi");

    private static readonly FinnishNumeral Second = Plural(FinnishNoun.From("toinen", "toista", "toise", "toise"), "toisten", "toisia", "toisi", "toisiin", "toisi");

    private static readonly FinnishNumeral[] Ordinals =
    [
        .. new[] { "nolla", "yhde", "kahde", "kolma", "neljä", "viide", "kuude", "seitsemä", "kahdeksa", "yhdeksä" }.Select(FinnishNumeral.Ordinal),
    ];

    private static readonly FinnishNumeral Tenth = FinnishNumeral.Ordinal("kymmene");
    private static readonly FinnishNumeral Hundredth = FinnishNumeral.Ordinal("sada");
    private static readonly FinnishNumeral Thousandth = FinnishNumeral.Ordinal("tuhanne");

    private static readonly (long Size, FinnishNumeral Cardinal, FinnishNumeral Ordinal)[] Large =
    [
        (1_000_000_000_000, LargeNumber("biljoona", "biljooni"), FinnishNumeral.Ordinal("biljoona")),
        (1_000_000_000, Plural(FinnishNoun.Regular("miljardi"), "miljardien", "miljardeja", "miljardei", "miljardeihin", "miljardei"), FinnishNumeral.Ordinal("miljardi")),
        (1_000_000, LargeNumber("miljoona", "miljooni"), FinnishNumeral.Ordinal("miljoona")),
    ];

    public static FinnishNoun Million => Large[2].Cardinal.Singular;

    public static FinnishNoun Billion => Large[1].Cardinal.Singular;

    public static FinnishNoun Thousands => Thousand.Singular;

    /// <summary>The value of ASCII digits, at most 18.</summary>
    public static long Parse(ReadOnlySpan<char> digits) => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The cardinal of a number from 0 to <see cref="Max"/>: <c>viisi, viiden, viiteen</c>.</summary>
    /// <param name="number">The number.</param>
    /// <param name="form">Its case.</param>
    /// <param name="plural">For what comes in sets: <c>kahdet sakset</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or above <see cref="Max"/>.</exception>
    public static string Cardinal(long number, FinnishCase form = FinnishCase.Nominative, bool plural = false)
    {
        Check(number);
        if (number == 0)
        {
            return Cardinals[0].In(form, plural);
        }

        var words = new List<string>();
        foreach (var (size, noun, _) in Large)
        {
            var count = number / size;
            number %= size;
            if (count > 1)
            {
                words.Add(CardinalBelowThousand(count, form, plural) + " " + Counted(noun, form, plural));
            }
            else if (count == 1)
            {
                words.Add(noun.In(form, plural));
            }
        }

        var thousands = number / 1000;
        number %= 1000;
        if (thousands > 1)
        {
            words.Add(CardinalBelowThousand(thousands, form, plural) + Counted(Thousand, form, plural));
        }
        else if (thousands == 1)
        {
            words.Add(Thousand.In(form, plural));
        }

        if (number > 0)
        {
            words.Add(CardinalBelowThousand(number, form, plural));
        }

        return string.Join(' ', words);
    }

    /// <summary>The ordinal of a number from 0 to <see cref="Max"/>: <c>viides, viidennen, viidenteen</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or above <see cref="Max"/>.</exception>
    public static string Ordinal(long number, FinnishCase form = FinnishCase.Nominative, bool plural = false)
    {
        Check(number);
        if (number == 0)
        {
            return Ordinals[0].In(form, plural);
        }

        var words = new StringBuilder();
        foreach (var (size, _, noun) in Large)
        {
            AppendOrdinal(words, number / size, noun, form, plural);
            number %= size;
        }

        AppendOrdinal(words, number / 1000, Thousandth, form, plural);
        AppendOrdinalBelowThousand(words, number % 1000, form, plural, last: true);
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

            words.Append(Cardinals[digit - '0'].Singular.Nominative);
        }

        return words.ToString();
    }

    private static FinnishNumeral Plural(FinnishNoun singular, string genitive, string partitive, string weak, string illative, string strong) =>
        new(singular, genitive, partitive, weak, illative, strong);

    private static FinnishNumeral LargeNumber(string nominative, string plural) => FinnishNumeral.WithStem(FinnishNoun.Regular(nominative), plural);

    // "kaksikymmentä" counts in the partitive, but in every other form both parts agree: "kahdenkymmenen", "kahdetkymmenet".
    private static string Counted(FinnishNumeral noun, FinnishCase form, bool plural) =>
        noun.In(form == FinnishCase.Nominative && !plural ? FinnishCase.Partitive : form, plural);

    private static string CardinalBelowThousand(long number, FinnishCase form, bool plural)
    {
        var words = new StringBuilder();
        var (hundreds, rest) = (number / 100, number % 100);
        if (hundreds > 1)
        {
            words.Append(Cardinals[hundreds].In(form, plural)).Append(Counted(Hundred, form, plural));
        }
        else if (hundreds == 1)
        {
            words.Append(Hundred.In(form, plural));
        }

        if (rest is > 10 and < 20)
        {
            return words.Append(Cardinals[rest - 10].In(form, plural)).Append("toista").ToString();
        }

        if (rest >= 20)
        {
            words.Append(Cardinals[rest / 10].In(form, plural)).Append(Counted(Ten, form, plural));
        }
        else if (rest == 10)
        {
            words.Append(Ten.In(form, plural));
        }

        if (rest % 10 > 0)
        {
            words.Append(Cardinals[rest % 10].In(form, plural));
        }

        return words.ToString();
    }

    private static void AppendOrdinal(StringBuilder words, long count, FinnishNumeral size, FinnishCase form, bool plural)
    {
        if (count == 0)
        {
            return;
        }

        if (count > 1)
        {
            AppendOrdinalBelowThousand(words, count, form, plural, last: false);
        }

        words.Append(size.In(form, plural));
    }

    private static void AppendOrdinalBelowThousand(StringBuilder words, long number, FinnishCase form, bool plural, bool last)
    {
        var rest = number % 100;
        if (number >= 200)
        {
            words.Append(Ordinals[number / 100].In(form, plural));
        }

        if (number >= 100)
        {
            words.Append(Hundredth.In(form, plural));
        }

        if (rest is > 10 and < 20)
        {
            words.Append(Ordinals[rest - 10].In(form, plural)).Append("toista");
            return;
        }

        if (rest >= 20)
        {
            words.Append(Ordinals[rest / 10].In(form, plural));
        }

        if (rest >= 10)
        {
            words.Append(Tenth.In(form, plural));
        }

        var unit = rest % 10;
        if (unit > 0)
        {
            words.Append(((unit, last) switch { (1, true) => First, (2, true) => Second, _ => Ordinals[unit] }).In(form, plural));
        }
    }

    private static void Check(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Max);
    }
}
