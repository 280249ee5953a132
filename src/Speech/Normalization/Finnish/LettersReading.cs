namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Words said letter by letter: initials, initialisms, single letters, units by themselves.</summary>
internal sealed class LettersReading() : Reading(
    "Letters",
    ("EU", "ee uu"),
    ("EU:n", "ee uun"),
    ("EU:hun", "ee uuhun"),
    ("EU:ssakin", "ee uussakin"),
    ("SPR:ään", "äs pee ärrään"),
    ("Oy:n", "oo yyn"),
    ("H&M:n myymälä", "hoo ja ämmän myymälä"),
    ("NATO", "NATO"),
    ("TÄMÄ ON TÄRKEÄÄ", "TÄMÄ ON TÄRKEÄÄ"),
    ("pdf", "pee dee äf"),
    ("A-pojat", "aa-pojat"),
    ("m³ ja km²", "kuutiometri ja neliökilometri"),
    ("J. K. Paasikivi", "jii koo Paasikivi"),
    ("Luokka 7B", "Luokka seitsemän bee"),
    ("Kotikatu 3 B", "Kotikatu kolme bee"),
    ("Bussi 23N", "Bussi kaksikymmentäkolme än"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var (start, end) = (c.At, c.EndOfLetters(c.At));
        if (end - start > FinnishInitialisms.LongestSpelled)
        {
            return false;
        }

        // "m³" without a number.
        if (c.Peek(end) is '²' or '³' && FinnishUnits.TryRead(c.Text, start, out var power, out var powerEnd))
        {
            c.Builder.Say(power.Noun.Nominative, start);
            c.At = powerEnd;
            return true;
        }

        var word = c.Text[start..end];
        c.At = end;
        var ending = CaseEndings.Read(c);
        if (TrySay(c, word, start, ending))
        {
            return true;
        }

        c.At = start;
        return false;
    }

    private static bool TrySay(ReadingCursor c, string word, int start, string ending)
    {
        if (word.Length == 1 && (FinnishInitialisms.Letter(word[0]) ?? SymbolReading.GreekName(word[0])) is { } name)
        {
            if (TryInitial(c, start))
            {
                return true;
            }

            var inflects = ending.Length > 0 && word[0] is not ('w' or 'W') && FinnishInitialisms.IsLatin(word[0]);
            c.Builder.Say(inflects ? FinnishInitialisms.Spell(word, ending) : name, start);
            return true;
        }

        if (ending.Length == 0 && FinnishUnits.TryName(word, out var unit))
        {
            c.Builder.Say(unit, start);
            return true;
        }

        if (!FinnishInitialisms.IsSpelled(word, c.IsAmongCapitals(start, start + word.Length)))
        {
            return false;
        }

        c.Builder.Say(FinnishInitialisms.Spell(word, ending), start);
        return true;
    }

    // "J. K. Paasikivi": the full stop of an initial is silent where it ends no sentence.
    private static bool TryInitial(ReadingCursor c, int start)
    {
        if (!char.IsUpper(c.Text[start]) || c.Peek(start + 1) != '.' || c.EndsSentence(start + 1) || c.IsBehindLabel(start))
        {
            return false;
        }

        c.Builder.Say(FinnishInitialisms.Letter(c.Text[start]) ?? SymbolReading.GreekName(c.Text[start])!, start);
        c.At = start + 2;
        return true;
    }
}
