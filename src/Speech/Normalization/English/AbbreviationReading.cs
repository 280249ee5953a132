namespace Dictation.Speech.Normalization.English;

/// <summary>Abbreviations in full. Which word a title, a street or a state stands for is told by what stands beside it.</summary>
internal sealed class AbbreviationReading() : Reading(
    "Abbreviation",
    ("Dr. Smith paid 3.14 dollars at example.com.", "Doctor Smith paid three point one four dollars at example dot com."),
    ("Mr. and Mrs. Jones", "Mister and Misses Jones"),
    ("e.g. cats", "for example cats"),
    ("cats, dogs, etc.", "cats, dogs, et cetera."),
    ("Go to James St. 5", "Go to James Street five"),
    ("St. James", "Saint James"),
    ("No. 5", "number five"),
    ("No. I won't.", "No. I won't."),
    ("p. 55", "page fifty-five"),
    ("Mt. Fuji", "Mount Fuji"),
    ("in Jan. or Feb.", "in January or February."),
    ("on Fri. 5 May", "on Friday the fifth of May"),
    ("Acme Inc. said", "Acme Incorporated said"),
    ("Alice vs. Bob", "Alice versus Bob"),
    ("tea w/o sugar", "tea without sugar"),
    ("Austin, TX", "Austin, Texas"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var start = c.At;
        if (SpokenPunctuation.IsWordCharacter(c.Text, start - 1))
        {
            return false;
        }

        if (c.Text[start] is 'w' or 'W' && c.Peek(start + 1) == '/')
        {
            return TryWith(c);
        }

        var end = EnglishAbbreviations.End(c, start);
        return end > start && (TryWords(c, start, end) || TryState(c, start, end) || TryDay(c, start, end));
    }

    private static bool TryWords(ReadingCursor c, int start, int end)
    {
        if (!EnglishAbbreviations.TryFind(c, start, end, out var words))
        {
            return false;
        }

        c.Builder.Say(words, start);
        c.At = end;
        if (c.Peek(end) == '.')
        {
            c.SwallowStop();
        }

        EnglishWords.CopyPossessive(c);
        return true;
    }

    // "w/", "w/o"
    private static bool TryWith(ReadingCursor c)
    {
        var isWithout = c.Peek(c.At + 2) == 'o';
        var end = c.At + (isWithout ? 3 : 2);
        if (isWithout ? c.IsLetter(end) : c.Peek(end) != ' ')
        {
            return false;
        }

        c.Builder.Say(isWithout ? "without" : "with", c.At);
        c.At = end;
        return true;
    }

    // "Austin, TX": behind a place and a comma; what is also a word only before a postal code.
    private static bool TryState(ReadingCursor c, int start, int end)
    {
        if (end - start != 2 || c.Peek(start - 1) != ' ' || EnglishAbbreviations.State(c.Text.AsSpan(start, 2)) is not { } state)
        {
            return false;
        }

        var code = c.SkipSpace(c.Peek(end) == ',' ? end + 1 : end);
        var hasCode = c.EndOfDigits(code) == code + 5;
        var isBehindPlace = c.Peek(start - 2) == ',' && c.StartOfWordBefore(start - 2) is var place && char.IsUpper(c.Peek(place));
        if (!hasCode && (!isBehindPlace || EnglishAbbreviations.IsAlsoWord(c.Text.AsSpan(start, 2))))
        {
            return false;
        }

        c.Builder.Say(state, start);
        c.At = end;
        return true;
    }

    // "Fri. 5 May", "Tu (2/22)"
    private static bool TryDay(ReadingCursor c, int start, int end)
    {
        if (EnglishCalendar.Day(c.Text.AsSpan(start, end - start)) is not { } day)
        {
            return false;
        }

        var behind = c.Peek(end) == '.' ? end + 1 : end;
        var next = c.SkipSpace(c.Peek(behind) == ',' ? behind + 1 : behind);
        var beforeDate = c.IsDigit(c.Peek(next) == '(' ? next + 1 : next)
            || EnglishCalendar.MonthOf(c.Text.AsSpan(next, Math.Max(0, c.EndOfLetters(next) - next))) > 0;
        if (!beforeDate && !(behind > end && !c.EndsSentence(end)))
        {
            return false;
        }

        c.Builder.Say(day, start);
        c.At = end;
        if (behind > end)
        {
            c.SwallowStop();
        }

        return true;
    }
}
