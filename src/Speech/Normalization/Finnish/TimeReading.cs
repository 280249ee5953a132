using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Times of day.</summary>
/// <param name="onlyAnnounced">Only where the word before says that a time follows: there "8.05." is no date.</param>
internal sealed partial class TimeReading(bool onlyAnnounced = false) : Reading(
    "Time of day",
    ("klo 14.30", "kello neljätoista kolmekymmentä"),
    ("14:30", "neljätoista kolmekymmentä"),
    ("klo 8", "kello kahdeksan"),
    ("klo 14.00", "kello neljätoista"),
    ("klo 7.05", "kello seitsemän nolla viisi"),
    ("klo 8–16", "kello kahdeksasta kuuteentoista"),
    ("klo 8.30 ja 9.45", "kello kahdeksan kolmekymmentä ja yhdeksän neljäkymmentäviisi"),
    ("klo 18 mennessä", "kello kahdeksaantoista mennessä"),
    ("klo 8 alkaen", "kello kahdeksasta alkaen"),
    ("klo 5 jälkeen", "kello viiden jälkeen"),
    ("14.30–15.45", "neljätoista kolmekymmentä viiva viisitoista neljäkymmentäviisi"),
    ("12:34:56", "kaksitoista kolmekymmentäneljä viisikymmentäkuusi"),
    ("Tule 14.30.", "Tule neljätoista kolmekymmentä."),
    ("Juna lähtee 16.15 ja 18.05.", "Juna lähtee kuusitoista viisitoista ja kahdeksantoista nolla viisi."),
    ("Kokous alkaa 9.07.", "Kokous alkaa yhdeksän nolla seitsemän."))
{
    // Words before which "9.07" is a time although it might be a date or a decimal number.
    private static readonly string[] Cues =
        ["läht", "lähde", "saapu", "alka", "alkoi", "päätty", "tule", "tulen", "juna", "bussi", "lento", "laiva", "vuoro", "herät", "nous", "sulke", "sulje", "avataan", "avautu", "kokou", "tavataan"];

    public override bool TryRead(ReadingCursor c)
    {
        var announced = c.Expects(Expected.Time);
        if (!announced && (onlyAnnounced || c.Peek(c.EndOfDigits(c.At)) is not ('.' or ':')))
        {
            return false;
        }

        if (announced && TryHours(c))
        {
            return true;
        }

        var loose = announced || RangePattern().IsMatch(c.Text, c.At) || (LikelyPattern().IsMatch(c.Text, c.At) && IsLikely(c));
        var match = loose ? ClockPattern().Match(c.Text, c.At) : ColonPattern().Match(c.Text, c.At);
        if (!match.Success || c.Peek(c.At - 1) is '.' or ',' && c.IsDigit(c.At - 2))
        {
            return false;
        }

        var (hour, minute, second) = (match.Groups[1], match.Groups[2], match.Groups[3]);
        if (FinnishNumbers.Parse(hour.ValueSpan) > 24 || (minute.Success && FinnishNumbers.Parse(minute.ValueSpan) > 59) || (second.Success && FinnishNumbers.Parse(second.ValueSpan) > 59))
        {
            return false;
        }

        var start = c.At;
        c.At += match.Length;
        var form = CaseEndings.ReadCase(c) ?? CaseBefore(c, match.Index + match.Length);
        var hourForm = minute.Success && minute.Value != "00" ? FinnishCase.Nominative : form;
        c.Builder.Say(hour.Value == "00" && minute.Success ? "nolla nolla" : FinnishNumbers.Cardinal(FinnishNumbers.Parse(hour.ValueSpan), hourForm), start);
        // "klo 14.00" is said "kello neljätoista"; without the word the zeros are what tells that it is a time.
        if (minute.Success && !(announced && minute.Value == "00" && !second.Success))
        {
            SayMinutes(c, minute, form);
        }

        if (second.Success)
        {
            SayMinutes(c, second, FinnishCase.Nominative);
        }

        var next = announced || (minute.Success && c.Peek(minute.Index - 1) == '.') ? NextPattern().Match(c.Text, c.At) : Match.Empty;
        if (next.Success)
        {
            c.Expect(Expected.Time, c.At + next.Length);
        }

        return true;
    }

    /// <summary>Notes that a time is expected there, if hours such as <c>8–16</c> follow.</summary>
    public static bool ExpectHours(ReadingCursor c, int at)
    {
        var follow = HoursPattern().IsMatch(c.Text, at);
        if (follow)
        {
            c.Expect(Expected.Time, at);
        }

        return follow;
    }

    /// <summary>The case of a time or date before the postposition at <paramref name="end"/>: <c>mennessä</c>, <c>alkaen</c>.</summary>
    public static FinnishCase CaseBefore(ReadingCursor c, int end) => NextWord.At(c, end) switch
    {
        "mennessä" or "asti" or "saakka" => FinnishCase.Illative,
        "alkaen" or "lähtien" => FinnishCase.Elative,
        "jälkeen" or "maissa" or "aikaan" or "aikoihin" or "tienoilla" or "korvilla" => FinnishCase.Genitive,
        _ => FinnishCase.Nominative,
    };

    // Finnish decimals have a comma, so "16.15" is a time where its hour or minutes look like one, or where a word says so.
    private static bool IsLikely(ReadingCursor c)
    {
        if (c.IsBehindLabel(c.At))
        {
            return false;
        }

        var match = ClockPattern().Match(c.Text, c.At);
        var end = match.Index + match.Length;
        if (!match.Success || FinnishUnits.TryRead(c.Text, c.SkipSpace(end), out _, out _) || NextWord.At(c, end) is { Length: > 0 } word && NounForms.IsCounted(word))
        {
            return false;
        }

        return IsCued(c) || (match.Groups[1].Length == 2 && match.Groups[2].Success && FinnishNumbers.Parse(match.Groups[2].ValueSpan) % 5 == 0 && c.Peek(end) != '.');
    }

    /// <summary>Whether one of the three words before the cursor tells of a time.</summary>
    public static bool IsCued(ReadingCursor c)
    {
        var at = c.At;
        for (var words = 0; words < 3; words++)
        {
            var word = c.WordBefore(at);
            foreach (var cue in Cues)
            {
                if (word.StartsWith(cue, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }

            at = c.StartOfWordBefore(at);
        }

        return false;
    }

    private static bool TryHours(ReadingCursor c)
    {
        var match = HoursPattern().Match(c.Text, c.At);
        if (!match.Success || FinnishNumbers.Parse(match.Groups[1].ValueSpan) > 24 || FinnishNumbers.Parse(match.Groups[2].ValueSpan) > 24)
        {
            return false;
        }

        c.Builder.Say(FinnishNumbers.Cardinal(FinnishNumbers.Parse(match.Groups[1].ValueSpan), FinnishCase.Elative), c.At);
        c.Builder.Say(FinnishNumbers.Cardinal(FinnishNumbers.Parse(match.Groups[2].ValueSpan), FinnishCase.Illative), match.Groups[2].Index);
        c.At += match.Length;
        return true;
    }

    private static void SayMinutes(ReadingCursor c, Group digits, FinnishCase form) =>
        c.Builder.Say(digits.ValueSpan[0] == '0' ? FinnishNumbers.Digits(digits.ValueSpan) : FinnishNumbers.Cardinal(FinnishNumbers.Parse(digits.ValueSpan), form), digits.Index);

    [GeneratedRegex(@"\G(\d{1,2}):(\d{2})(?::(\d{2}))?(?![\d:]\d|\d| \d{3}(?!\d))", RegexOptions.CultureInvariant)]
    private static partial Regex ColonPattern();

    [GeneratedRegex(@"\G(\d{1,2})(?:[.:](\d{2}))?(?:[.:](\d{2}))?(?![.,:]?\d)", RegexOptions.CultureInvariant)]
    private static partial Regex ClockPattern();

    [GeneratedRegex(@"\G(?:[01]?\d|2[0-4])\.[0-5]\d(?![.,]?\d| ?[–-]\d)", RegexOptions.CultureInvariant)]
    private static partial Regex LikelyPattern();

    [GeneratedRegex(@"\G(\d{1,2}) ?[–−-] ?(\d{1,2})(?![.:,]?\d)", RegexOptions.CultureInvariant)]
    private static partial Regex HoursPattern();

    [GeneratedRegex(@"\G\d{1,2}\.\d{2} ?[–−-] ?\d{1,2}\.\d{2}(?![.,]?\d)", RegexOptions.CultureInvariant)]
    private static partial Regex RangePattern();

    [GeneratedRegex(@"\G(?: ja | tai | sekä |, | ?[–−-] ?)(?=\d{1,2}(?:[.:]\d{2})?(?![.,:]?\d))", RegexOptions.CultureInvariant)]
    private static partial Regex NextPattern();
}
