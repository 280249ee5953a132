using System.Collections.Frozen;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>How amounts with a unit are said.</summary>
internal static class UnitWords
{
    // Beside these, "t" is an hour: "24 t/vrk".
    private static readonly FrozenSet<string> ShortTimes = new[] { "vrk", "vko", "vk", "pv", "d", "viikko", "päivä", "vuorokausi" }.ToFrozenSet();

    // A unit before them is their attribute: "sadan metrin juoksu", "viiden kilometrin päässä".
    private static readonly string[] AttributedNouns =
        ["matka", "juoksu", "lenkki", "kävely", "tontti", "hinta", "tauko", "korkeus", "syvyys", "leveys", "pituus", "paino", "alennus", "korotus", "maksu", "lasku", "lippu", "seteli", "palkka", "sakko", "laina", "osuus", "etumatka", "kasvu", "etäisyys", "nopeus", "teho", "pullo", "pakkaus", "näyttö", "elokuva", "työ", "loma", "koulutus", "aika", "varoitusaika"];

    private static readonly FrozenSet<string> Postpositions = new[]
    {
        "päässä", "päähän", "päästä", "kuluttua", "jälkeen", "ajan", "sisällä", "kuluessa", "välein", "verran", "edestä", "arvosta", "etäisyydellä", "korkeudessa", "syvyydessä",
        "matkalla", "nopeudella", "teholla", "hinnalla", "luokkaa", "aikana", "myöhässä",
    }.ToFrozenSet();

    /// <summary>The digit a superscript stands for; -1 where the character is none.</summary>
    public static int Superscript(char c) => c switch
    {
        '⁰' => 0,
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        >= '⁴' and <= '⁹' => c - '⁰',
        _ => -1,
    };

    /// <summary>
    /// Whether the single capital or small letter that ends at <paramref name="end"/> names a class, a stair or a route rather than a unit: <c>7B</c>,
    /// <c>Kotikatu 3 B</c>, <c>Bussi 23N</c>.
    /// </summary>
    public static bool IsLetterBehind(ReadingCursor c, Quantity quantity, int end)
    {
        var letter = c.Text[end - 1];
        if (end - c.SkipSpace(quantity.End) != 1 || !char.IsLetter(letter))
        {
            return false;
        }

        // In "Mannerheimintie 5 A 12" the letter is a stair.
        if ((char.IsUpper(letter) || char.IsLower(letter)) && c.Peek(end) == ' ' && c.IsDigit(end + 1) && IsBehindPlace(c, quantity.Start))
        {
            return true;
        }

        var isGlued = end == quantity.End + 1;
        return (char.IsUpper(letter) && isGlued && letter is not ('V' or 'W' or 'A')) || ((char.IsUpper(letter) || letter is 'm' or 'l' or 'e') && IsBehindPlace(c, quantity.Start));
    }

    /// <summary>Says the amount with its unit, which stands from <paramref name="at"/> to <paramref name="end"/>, and moves the cursor behind it.</summary>
    /// <returns>True.</returns>
    public static bool Say(ReadingCursor c, Quantity quantity, FinnishUnit unit, int at, int end)
    {
        c.At = end;
        // "30 km/h:n": the ending stands behind the divisor.
        var behind = EndOfDivisor(c, end);
        var written = CaseEndings.ReadCase(c) ?? CaseEndings.PeekCase(c, behind, out behind);
        var form = written ?? CaseBefore(c, unit, end);
        if (IsHours(c, at, end))
        {
            unit = FinnishUnits.Hours;
        }

        if (unit.Cents is not null && form == FinnishCase.Nominative && TrySayCents(c, quantity, unit, at))
        {
            return true;
        }

        QuantityWords.Say(c, quantity, form);
        var counted = form == FinnishCase.Nominative && !quantity.IsOne ? FinnishCase.Partitive : form;
        if (unit.Multiplier is not null)
        {
            c.Builder.Say(unit.Multiplier.In(counted), at);
            counted = form == FinnishCase.Nominative ? FinnishCase.Partitive : form;
        }

        c.Builder.Say(unit.Noun.In(counted), at);
        Finish(c);
        c.At = Math.Max(c.At, written is null ? c.At : behind);
        return true;
    }

    /// <summary>Says the unit behind a fraction, if one stands there: <c>½ l</c> is "puoli litraa".</summary>
    public static void SayAfterFraction(ReadingCursor c)
    {
        var at = c.SkipSpace(c.At);
        if (!FinnishUnits.TryRead(c.Text, at, out var unit, out var end) || unit.Ordinal)
        {
            return;
        }

        c.Builder.Say(unit.Noun.In(FinnishCase.Partitive), at);
        c.At = end;
        Finish(c);
    }

    /// <summary>Says what may follow a unit: its divisor (<c>/h</c>, <c>/100 km</c>, <c>/vuosi</c>), and passes a full stop that is the unit's.</summary>
    public static void Finish(ReadingCursor c)
    {
        if (c.Peek(c.At) == '/')
        {
            SayDivisor(c);
        }

        if (c.Peek(c.At) == '.' && c.Peek(c.At + 1) == ' ' && char.IsLower(c.Peek(c.At + 2)))
        {
            c.At++;
        }
    }

    private static void SayDivisor(ReadingCursor c)
    {
        var at = c.At + 1;
        if (c.IsDigit(at))
        {
            var per = Quantity.Read(c, at);
            if (per.IsWhole && FinnishUnits.TryRead(c.Text, c.SkipSpace(per.End), out var measure, out var behind))
            {
                QuantityWords.Say(c, per, FinnishCase.Partitive);
                c.Builder.Say(measure.Noun.In(FinnishCase.Partitive) + " kohti", at);
                c.At = behind;
            }
        }
        else if (FinnishUnits.TryRead(c.Text, at, out var unit, out var end))
        {
            c.Builder.Say(FinnishUnits.Per(unit), at);
            c.At = end;
        }
        else if (FinnishUnits.PerNoun(c.Text[at..Math.Min(c.EndOfLetters(at), at + ReadingCursor.LongestToken)]) is { } words)
        {
            c.Builder.Say(words, at);
            c.At = c.EndOfLetters(at);
        }
    }

    private static int EndOfDivisor(ReadingCursor c, int at) =>
        c.Peek(at) == '/' && FinnishUnits.TryRead(c.Text, at + 1, out _, out var end) ? end : at;

    // "9 ha tontin": before a noun in another case than the partitive the unit is its attribute.
    private static FinnishCase CaseBefore(ReadingCursor c, FinnishUnit unit, int end)
    {
        var word = NextWord.At(c, c.Peek(end) == '.' && c.Peek(end + 1) == ' ' ? end + 1 : end);
        if (word.Length == 0 || NounForms.IsCounted(word) || unit.Ordinal)
        {
            return FinnishCase.Nominative;
        }

        if (Postpositions.Contains(word) || AttributedNouns.Contains(word))
        {
            return FinnishCase.Genitive;
        }

        return word.Length > 4 && NounForms.OfCardinalBefore(word) == FinnishCase.Genitive ? FinnishCase.Genitive : FinnishCase.Nominative;
    }

    private static bool IsHours(ReadingCursor c, int at, int end) =>
        end == at + 1 && c.Text[at] == 't' && c.Peek(end) == '/' && ShortTimes.Contains(c.Text[(end + 1)..Math.Min(c.EndOfLetters(end + 1), end + ReadingCursor.LongestToken)]);

    // Behind a street, a route, a class: "Kotikatu 3 B", "Bussi 23 N".
    private static bool IsBehindPlace(ReadingCursor c, int start)
    {
        var word = c.WordBefore(start);
        return c.IsBehindLabel(start) || word.EndsWith("katu") || word.EndsWith("kadulla") || word.EndsWith("tie") || word.EndsWith("tiellä") || word.EndsWith("kuja")
            || word.EndsWith("kujalla") || word.EndsWith("polku") || word.EndsWith("polulla") || word.EndsWith("raitti") || word.EndsWith("kaari") || word.EndsWith("tori")
            || word.EndsWith("rinne") || word.EndsWith("ranta") || word.EndsWith("puisto") || word.EndsWith("väylä") || word.EndsWith("bulevardi");
    }

    private static bool TrySayCents(ReadingCursor c, Quantity quantity, FinnishUnit unit, int unitAt)
    {
        if (quantity.FractionStart == 0 || quantity.IsSpelled || quantity.End - quantity.FractionStart != 2)
        {
            return false;
        }

        var whole = FinnishNumbers.Parse(quantity.Digits);
        var cents = FinnishNumbers.Parse(c.Text.AsSpan(quantity.FractionStart, 2));
        if (whole > 0 || cents == 0)
        {
            c.Builder.Say(FinnishNumbers.Cardinal(whole), quantity.Start);
            c.Builder.Say(unit.Noun.In(whole == 1 ? FinnishCase.Nominative : FinnishCase.Partitive), quantity.Start);
        }

        if (cents > 0)
        {
            c.Builder.Say(FinnishNumbers.Cardinal(cents), quantity.FractionStart);
            c.Builder.Say(unit.Cents!.In(cents == 1 ? FinnishCase.Nominative : FinnishCase.Partitive), Math.Max(unitAt, quantity.FractionStart));
        }

        Finish(c);
        return true;
    }
}
