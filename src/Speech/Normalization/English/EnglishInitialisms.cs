using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Dictation.Speech.Normalization.English;

/// <summary>Which words in capitals are said letter by letter.</summary>
internal static class EnglishInitialisms
{
    /// <summary>Longer words in capitals are words.</summary>
    public const int Longest = 6;

    private static readonly SearchValues<char> Vowels = SearchValues.Create("AEIOUYaeiouy");

    // Said by letters though they could be words.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Spelled = WordTable.Set(
        """
        AI API ABC AC ACL ADHD AKA AM AOL ASAP ATM BA CEO CIA CIO COO CPU DIY DNA DOA DOB EEG EKG ER ESL ESP ETA EU EV FAQ FBI FYI GIS
        GOP GPA GUI HIV HTML IBM ICU ID IE IMF IOU IPA IPO IQ IRA IRS ISBN ISO ISP ISS IT IUD IV IVF LA LED LCD LSU MIA MIT MVP OCD OK
        PA PDA POW QA RNA RPM SOS SUV TBA UAE UCLA UFO UHF UI UK UN UPS URI URL US USA USB USDA USSR UTC UV UX VAT VIP VA NYU EMT EPA
        FDA CBC NBA BYU DUI IRC RV UT AD HQ PR EPL EULA
        """);

    // Short words that are set in capitals for stress, and acronyms that are said as words.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = WordTable.Set(
        """
        AM AN AS AT AX BE BY DO GO HA HE HI HO IF IN IS IT LO MA ME MY NO OF OH ON OR OW OX PI SO TO UP WE YO ALL AND ANY ARE ART ASK
        ACT ADD AGE AGO AID AIM AIR ALE APE APT ARC ARM ASH ATE AWE EAR EAT EGG END ERA EVE EYE ICE ILL INK INN ITS OAK ODD OFF OIL OLD
        ONE OUR OUT OWE OWL OWN USE WHO WHY HOW NOW NEW FEW LOW SEE SEA TEA TOO TWO FOR THE YOU SHE TRY CRY DRY FLY SKY SPY SHY TIE DIE
        LIE PIE TOE DUE FLU SKI BEE FEE FREE TREE ZOO BOO BLUE BAY DAY HAY LAY MAY PAY RAY SAY WAY BOY JOY TOY BUY GUY KEY EMU EGO EEL
        ELF ELK ELM IVY IRE AWL ASP ADO UGH UGLY URN
        """);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Openings = WordTable.Set(
        """
        BL BR CH CL CR DR DW FL FR GH GL GN GR KN KL KR PH PL PR PS RH SC SH SK SL SM SN SP SQ ST SV SW TH TR TW VL WH WR SCH SCR SHR
        SPL SPR STR THR
        """);

    /// <summary>Whether the word is said letter by letter.</summary>
    /// <param name="word">Letters.</param>
    /// <param name="isAmongCapitals">Whether it stands in a line of capitals; asked only where that decides.</param>
    public static bool IsSpelled(ReadOnlySpan<char> word, Func<bool> isAmongCapitals)
    {
        if (word.Length is < 2 or > Longest || !char.IsAscii(word[0]))
        {
            return false;
        }

        if (!char.IsUpper(word[0]))
        {
            return IsVowelless(word) && !char.IsUpper(word[^1]) && !IsSound(word);
        }

        if (word is "PhD" or "MSc" or "BSc" or "GmbH")
        {
            return true;
        }

        return !word.ContainsAnyExceptInRange('A', 'Z') && IsInitialism(word) && !(word.ContainsAny(Vowels) && isAmongCapitals());
    }

    /// <summary>Whether the word, in capitals, is a short word of everyday language.</summary>
    public static bool IsUsualWord(ReadOnlySpan<char> upper) => Words.Contains(upper);

    /// <summary>Whether the word is said letter by letter in a web address.</summary>
    public static bool IsSpelledInAddress(string word) =>
        word.Length <= Longest && !word.AsSpan().ContainsAnyExceptInRange('A', 'z') && IsVowelless(word) && word.ToLowerInvariant() is not ("jpg" or "mpg");

    /// <summary>The letters as capitals, a space between them, behind A a hyphen; full stops are left out.</summary>
    public static string Spell(ReadOnlySpan<char> word)
    {
        var letters = new StringBuilder(word.Length * 2);
        foreach (var c in word)
        {
            if (!char.IsLetter(c))
            {
                continue;
            }

            if (letters.Length > 0)
            {
                letters.Append(letters[^1] == 'A' ? '-' : ' ');
            }

            letters.Append(char.ToUpperInvariant(c));
        }

        return letters.ToString();
    }

    private static bool IsInitialism(ReadOnlySpan<char> upper)
    {
        if (Spelled.Contains(upper))
        {
            return true;
        }

        if (Words.Contains(upper))
        {
            return false;
        }

        return upper.Length == 2 || !IsSpeakable(upper);
    }

    // Consonant, vowel, consonant ("CAT") and what begins and goes on as English words do.
    private static bool IsSpeakable(ReadOnlySpan<char> upper)
    {
        var first = upper.IndexOfAny(Vowels);
        if (first < 0)
        {
            return false;
        }

        var opens = first switch { 0 => upper.Length > 3, 1 => true, _ => Openings.Contains(upper[..first]) };
        if (!opens || (upper.Length == 3 && Vowels.Contains(upper[2])))
        {
            return false;
        }

        var consonants = 0;
        foreach (var c in upper[first..])
        {
            consonants = Vowels.Contains(c) ? 0 : consonants + 1;
            if (consonants > 3)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsVowelless(ReadOnlySpan<char> word) => !word.ContainsAny(Vowels);

    // hmm, shh, psst, nth: sounds and endings, not initialisms.
    private static bool IsSound(ReadOnlySpan<char> word) =>
        word is "st" or "nd" or "rd" or "th" or "nth" or "hm" or "sh" or "pst" or "psst" or "tsk" or "ll" or "ve" or "vs" || word[^1] == word[^2];
}
