namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Every number that no other reading takes: by its own ending, or in the case of the noun behind it.</summary>
internal sealed class CardinalReading() : Reading(
    "Cardinal",
    ("2026", "kaksituhatta kaksikymmentäkuusi"),
    ("12 500", "kaksitoistatuhatta viisisataa"),
    ("1.234.567", "miljoona kaksisataakolmekymmentäneljätuhatta viisisataakuusikymmentäseitsemän"),
    ("5 hevosta", "viisi hevosta"),
    ("5 eurolla", "viidellä eurolla"),
    ("3 talossa", "kolmessa talossa"),
    ("20 vuoden", "kahdenkymmenen vuoden"),
    ("vuoteen 2030", "vuoteen kaksituhatta kolmekymmentä"),
    ("vuonna 1997 oikeudellisen", "vuonna tuhat yhdeksänsataayhdeksänkymmentäseitsemän oikeudellisen"),
    ("21:ssä", "kahdessakymmenessäyhdessä"),
    ("3:s", "kolmas"),
    ("6:ssakin", "kuudessakin"),
    ("3:kin", "kolmekin"),
    ("2:t", "kahdet"),
    ("50 000:n asukkaan kaupunki", "viidenkymmenentuhannen asukkaan kaupunki"),
    ("007", "nolla nolla seitsemän"),
    ("3 x 4", "kolme kertaa neljä"),
    ("7/2026", "seitsemän kautta kaksituhatta kaksikymmentäkuusi"),
    ("10⁶", "kymmenen potenssiin kuusi"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var quantity = Quantity.Read(c, c.At);
        c.At = quantity.End;
        var ending = CaseEndings.Read(c);
        if (ending.Length > 0)
        {
            QuantityWords.SayWithEnding(c, quantity, ending);
            return true;
        }

        QuantityWords.Say(c, quantity, quantity.IsSpelled ? FinnishCase.Nominative : NextWord.CaseOfCardinal(c, quantity, c.At));
        SayPower(c);
        SaySeparator(c);
        return true;
    }

    private static void SayPower(ReadingCursor c)
    {
        var start = c.At;
        while (UnitWords.Superscript(c.Peek(c.At)) >= 0)
        {
            c.At++;
        }

        if (c.At == start)
        {
            return;
        }

        var digits = string.Concat(c.Text[start..c.At].Select(sign => UnitWords.Superscript(sign)));
        c.Builder.Say(digits switch { "2" => "toiseen", "3" => "kolmanteen", _ => "potenssiin " + QuantityWords.InWords(digits) }, start);
    }

    // Between the parts of 1.2.3, 1,2,3, 7/2026 and 3 x 4.
    private static void SaySeparator(ReadingCursor c)
    {
        if (c.Peek(c.At) == '.' && c.IsDigit(c.At + 1))
        {
            c.Builder.Say("piste", c.At++);
        }
        else if (c.Peek(c.At) == '/' && c.IsDigit(c.At + 1))
        {
            c.Builder.Say("kautta", c.At++);
        }
        else if (c.SkipSpaces(c.At) is var times && c.Peek(times) is 'x' or 'X' && c.IsDigit(c.SkipSpaces(times + 1)))
        {
            c.Builder.Say("kertaa", times);
            c.At = times + 1;
        }
    }
}
