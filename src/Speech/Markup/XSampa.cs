using System.Text;

namespace Dictation.Speech.Markup;

/// <summary>Writes X-SAMPA as IPA.</summary>
internal static class XSampa
{
    private const int Longest = 4;

    /// <summary>Symbols that are not the same in both, longest first at each place. A letter that is not here is itself.</summary>
    private static readonly Dictionary<string, string> Symbols = Pairs(
        """
        b_< ɓ  d` ɖ  d_< ɗ  g ɡ  g_< ɠ  h\ ɦ  j\ ʝ  l` ɭ  l\ ɺ  n` ɳ  p\ ɸ  r` ɽ  r\ ɹ  r\` ɻ  s` ʂ  s\ ɕ  t` ʈ  v\ ʋ  P ʋ  x\ ɧ
        z` ʐ  z\ ʑ  A ɑ  B β  B\ ʙ  C ç  D ð  E ɛ  F ɱ  G ɣ  G\ ɢ  G\_< ʛ  H ɥ  H\ ʜ  I ɪ  I\ ᵻ  J ɲ  J\ ɟ  J\_< ʄ  K ɬ  K\ ɮ  L ʎ  L\ ʟ
        M ɯ  M\ ɰ  N ŋ  N\ ɴ  O ɔ  O\ ʘ  Q ɒ  R ʁ  R\ ʀ  S ʃ  T θ  U ʊ  U\ ᵿ  V ʌ  W ʍ  X χ  X\ ħ  Y ʏ  Z ʒ
        1 ɨ  2 ø  3 ɜ  3\ ɞ  4 ɾ  5 ɫ  6 ɐ  7 ɤ  8 ɵ  9 œ  & ɶ  ? ʔ  ?\ ʕ  <\ ʢ  >\ ʡ  !\ ǃ  |\ ǀ  ||\ ‖  |\|\ ǁ  =\ ǂ
        @ ə  @\ ɘ  @` ɚ  3` ɝ  { æ  } ʉ  " ˈ  % ˌ  : ː  :\ ˑ  ' ʲ  _j ʲ  ` ˞  = ̩  _= ̩  ~ ̃  _~ ̃  -\ ‿  ^ ꜛ  ! ꜜ
        _" ̈  _+ ̟  _- ̠  _/ ̌  _\ ̂  _0 ̥  _> ʼ  _?\ ˤ  _^ ̯  _} ̚  _A ̘  _a ̺  _B ̏  _B_L ᷅  _c ̜  _d ̪  _e ̴  _F ̂  _G ˠ  _H ́  _H_T ᷄
        _h ʰ  _k ̰  _L ̀  _l ˡ  _M ̄  _m ̻  _N ̼  _n ⁿ  _O ̹  _o ̞  _q ̙  _R ̌  _r ̝  _T ̋  _t ̤  _v ̬  _w ʷ  _X ̆  _x ̽
        """);

    public static string ToIpa(string text)
    {
        var ipa = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(Longest, text.Length - at);
            string? symbol = null;
            while (length > 0 && !Symbols.TryGetValue(text.Substring(at, length), out symbol))
            {
                length--;
            }

            // A hyphen separates symbols that together would be another one.
            ipa.Append(symbol ?? (text[at] == '-' ? "" : text[at].ToString()));
            at += Math.Max(1, length);
        }

        return ipa.ToString();
    }

    private static Dictionary<string, string> Pairs(string table)
    {
        var words = table.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
    }
}
