namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Abbreviations, in the case that what stands beside them asks for.</summary>
internal sealed class AbbreviationReading() : Reading(
    "Abbreviation",
    ("esim. kissa", "esimerkiksi kissa"),
    ("Kissat ym. Koirat haukkuvat.", "Kissat ynnä muuta. Koirat haukkuvat."),
    ("mm. Helsinki", "muun muassa Helsinki"),
    ("n. 50 km", "noin viisikymmentä kilometriä"),
    ("s. 12", "sivu kaksitoista"),
    ("(s. 1961)", "syntynyt tuhat yhdeksänsataakuusikymmentäyksi"),
    ("prof. Virtanen", "professori Virtanen"),
    ("ent. pääministeri", "entinen pääministeri"),
    ("ent. pääministerin", "entisen pääministerin"),
    ("maks. viisi", "maksimissaan viisi"),
    ("ns. paras", "niin sanottu paras"),
    ("ns. parhaan", "niin sanotun parhaan"),
    ("myöh. kuningas", "myöhemmin kuningas"),
    ("engl. tea", "englanniksi tea"),
    ("N:o 7", "numero seitsemän"),
    ("v. 100 eKr.", "vuonna sata ennen Kristusta."),
    ("44 eaa.", "neljäkymmentäneljä ennen ajanlaskun alkua."),
    ("klo 8", "kello kahdeksan"),
    ("ko. asiassa", "kyseessä olevassa asiassa"),
    ("Mr. Bean tapasi Dr. Schmidtin.", "mister Bean tapasi doctor Schmidtin."))
{
    public override bool TryRead(ReadingCursor c)
    {
        var (start, end) = (c.At, c.EndOfLetters(c.At));
        var bare = c.Peek(start - 1) != '-' && !(c.Peek(end) == '-' && c.IsLetter(end + 1));
        return bare && TryRead(c, start, end);
    }

    private static bool TryRead(ReadingCursor c, int start, int wordEnd)
    {
        if (!FinnishAbbreviations.TryRead(c.Text, start, wordEnd, out var abbreviation, out var end))
        {
            return false;
        }

        if (abbreviation.Words == "jälkeen ajanlaskun alun" && !IsBehindNumber(c, start))
        {
            return false;
        }

        var stop = c.Peek(end) == '.';
        c.Builder.Say(abbreviation.Inflected is null ? abbreviation.Words : abbreviation.In(FormOf(c, stop ? end + 1 : end)), start);
        c.At = end;
        if (stop)
        {
            c.SwallowStop();
        }
        else
        {
            c.ReadEnding();
        }

        var next = c.SkipSpaces(c.At);
        if (abbreviation.Traits.HasFlag(AbbreviationTraits.Clock))
        {
            c.Expect(Expected.Time, next);
        }

        if (abbreviation.Traits.HasFlag(AbbreviationTraits.Phone))
        {
            c.Expect(Expected.Telephone, c.Peek(next) == ':' ? c.SkipSpaces(next + 1) : next);
        }

        return true;
    }

    // Of an attribute: that of its noun, where the noun is no name.
    private static FinnishCase FormOf(ReadingCursor c, int at)
    {
        var word = NextWord.At(c, at);
        return word.Length == 0 ? FinnishCase.Nominative : NounForms.OfAttributeBefore(word).Case;
    }

    // "jaa" is a word; only behind a year does it date.
    private static bool IsBehindNumber(ReadingCursor c, int start) => c.IsDigit(start - 1) || (c.Peek(start - 1) == ' ' && c.IsDigit(start - 2));
}
