using System.Buffers;
using System.Text;

namespace Dictation.Speech.Normalization.Swedish;

/// <summary>Which words in capitals are said letter by letter, and the letters' names.</summary>
internal static class SwedishInitialisms
{
    private const int Longest = 5;
    private const string Names = "a be se de e eff ge hå i ji kå ell em en o pe ku er ess te u ve dubbelve ex y säta";

    private static readonly string[] Letters = Names.Split(' ');
    private static readonly SearchValues<char> Vowels = SearchValues.Create("AEIOUYÅÄÖaeiouyåäö");

    private static readonly System.Collections.Frozen.FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Spelled = WordTable.Set(
        """
        EU USA UD IT VD AB TV FN SJ UK FBI CIA LO TCO SEB ABB EM VM OS ID DNA BNP IQ USB ATM GPS HIV MVG KTH UNHCR EKG OECD IBM AI ADHD
        NHL IOK EG ESS UFO CEO TU SD MP KD
        """);

    private static readonly System.Collections.Frozen.FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = WordTable.Set(
        """
        ATT OCH DET DEN DU JAG VI NI HAN HON MAN SÅ OM PÅ AV ÄR HA GE SE NU UT IN EN ETT ER OSS SIG MIG DIG EJ JA NEJ UPP NER NÄR HUR
        VAD VAR VEM TA GÅ STÅ FÅ MÅ BO TRO BRA ALL ALLT
        """);

    /// <summary>Whether the word is said letter by letter.</summary>
    public static bool IsSpelled(ReadOnlySpan<char> word)
    {
        if (word.Length is < 2 or > Longest)
        {
            return false;
        }

        if (!char.IsUpper(word[0]))
        {
            return !word.ContainsAny(Vowels) && !word.ContainsAnyExceptInRange('a', 'z') && word[^1] != word[^2] && word is not ("st" or "pst" or "hm");
        }

        if (word.ContainsAnyExceptInRange('A', 'Z') || Words.Contains(word))
        {
            return false;
        }

        return word.Length == 2 || !word.ContainsAny(Vowels) || Spelled.Contains(word);
    }

    /// <summary>The letters' names: "e u".</summary>
    public static string Spell(ReadOnlySpan<char> word)
    {
        var names = new StringBuilder();
        foreach (var c in word)
        {
            var upper = char.ToUpperInvariant(c);
            if (upper is >= 'A' and <= 'Z')
            {
                names.Append(names.Length > 0 ? " " : "").Append(Letters[upper - 'A']);
            }
        }

        return names.ToString();
    }
}
