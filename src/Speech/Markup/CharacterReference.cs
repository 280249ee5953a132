using System.Net;

namespace Dictation.Speech.Markup;

/// <summary>HTML's references to characters: <c>&amp;auml;</c>, <c>&amp;#228;</c>, <c>&amp;#xE4;</c>.</summary>
internal static class CharacterReference
{
    private const int LongestName = 32;

    /// <summary>What old pages mean by the numbers 128 to 159: the characters of Windows-1252. A blank has none.</summary>
    private const string Windows1252 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

    /// <summary>Names of HTML 5 that HTML 4 does not have: letters of Europe's languages, and signs.</summary>
    private static readonly Dictionary<string, string> Names = Pairs(
        """
        AMP & LT < GT > QUOT " COPY © REG ® TRADE ™ excl ! num # dollar $ percnt % lpar ( rpar ) ast * plus + comma , period .
        sol / colon : semi ; equals = quest ? commat @ lsqb [ lbrack [ bsol \ rsqb ] rbrack ] Hat ^ lowbar _ grave ` lcub {
        lbrace { verbar | vert | rcub } rbrace } hyphen ‐ dash ‐ horbar ― check ✓ checkmark ✓ cross ✗ star ☆ starf ★ phone ☎
        female ♀ male ♂ half ½ frac13 ⅓ frac23 ⅔ frac15 ⅕ frac25 ⅖ frac35 ⅗ frac45 ⅘ frac16 ⅙ frac56 ⅚ frac18 ⅛ frac38 ⅜
        frac58 ⅝ frac78 ⅞ numero № copysr ℗ ohm Ω mho ℧ rightarrow → leftarrow ← approx ≈ leq ≤ geq ≥ NotEqual ≠ pm ±
        PlusMinus ± centerdot · CenterDot · bullet • mldr … nldr ‥ ldquor „ lsquor ‚ rdquor ” rsquor ’ OpenCurlyQuote ‘
        CloseCurlyQuote ’ OpenCurlyDoubleQuote “ CloseCurlyDoubleQuote ” Amacr Ā amacr ā Abreve Ă abreve ă Aogon Ą aogon ą
        Cacute Ć cacute ć Ccirc Ĉ ccirc ĉ Cdot Ċ cdot ċ Ccaron Č ccaron č Dcaron Ď dcaron ď Dstrok Đ dstrok đ Emacr Ē emacr ē
        Edot Ė edot ė Eogon Ę eogon ę Ecaron Ě ecaron ě Gcirc Ĝ gcirc ĝ Gbreve Ğ gbreve ğ Gdot Ġ gdot ġ Gcedil Ģ gacute ǵ
        Hcirc Ĥ hcirc ĥ Hstrok Ħ hstrok ħ Itilde Ĩ itilde ĩ Imacr Ī imacr ī Iogon Į iogon į Idot İ imath ı inodot ı Jcirc Ĵ
        jcirc ĵ Kcedil Ķ kcedil ķ Lacute Ĺ lacute ĺ Lcedil Ļ lcedil ļ Lcaron Ľ lcaron ľ Lmidot Ŀ lmidot ŀ Lstrok Ł lstrok ł
        Nacute Ń nacute ń Ncedil Ņ ncedil ņ Ncaron Ň ncaron ň ENG Ŋ eng ŋ Omacr Ō omacr ō Odblac Ő odblac ő Racute Ŕ racute ŕ
        Rcedil Ŗ rcedil ŗ Rcaron Ř rcaron ř Sacute Ś sacute ś Scirc Ŝ scirc ŝ Scedil Ş scedil ş Tcedil Ţ tcedil ţ Tcaron Ť
        tcaron ť Tstrok Ŧ tstrok ŧ Utilde Ũ utilde ũ Umacr Ū umacr ū Ubreve Ŭ ubreve ŭ Uring Ů uring ů Udblac Ű udblac ű Uogon Ų
        uogon ų Wcirc Ŵ wcirc ŵ Ycirc Ŷ ycirc ŷ Zacute Ź zacute ź Zdot Ż zdot ż Zcaron Ž zcaron ž
        """);

    /// <summary>The characters that the reference at an offset stands for; false where none stands there.</summary>
    public static bool TryRead(string text, int at, out string characters, out int end)
    {
        (characters, end) = ("", at + 1);
        var limit = Math.Min(text.Length, at + 1 + LongestName);
        while (end < limit && (char.IsAsciiLetterOrDigit(text[end]) || (end == at + 1 && text[end] == '#')))
        {
            end++;
        }

        if (end == limit || text[end] != ';' || end == at + 1)
        {
            return false;
        }

        var name = text[(at + 1)..end];
        end++;
        characters = name switch
        {
            "NewLine" => "\n",
            "Tab" => "\t",
            "NonBreakingSpace" => "\u00A0",
            _ when Names.TryGetValue(name, out var named) => named,
            _ => WebUtility.HtmlDecode($"&{name};"),
        };
        if (characters is [>= '\u0080' and <= '\u009F' and var control] && Windows1252[control - '\u0080'] is not ' ' and var meant)
        {
            characters = meant.ToString();
        }

        return !characters.StartsWith('&') || name is "amp" or "AMP" || characters.Length == 1;
    }

    private static Dictionary<string, string> Pairs(string table) =>
        table.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries).Chunk(2)
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
