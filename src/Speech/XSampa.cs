namespace Dictation.Speech;

/// <summary>X-SAMPA, the International Phonetic Alphabet in ASCII (J. C. Wells, 1995).</summary>
public static class XSampa
{
    private static readonly Dictionary<string, string> Sounds = Pairs(
        """
        a a  b b  b_< ɓ  c c  d d  d` ɖ  d_< ɗ  e e  f f  g ɡ  g_< ɠ  h h  h\ ɦ  i i  j j  j\ ʝ  k k  l l  l` ɭ  l\ ɺ  m m  n n  n` ɳ  o o
        p p  p\ ɸ  q q  r r  r` ɽ  r\ ɹ  r\` ɻ  s s  s` ʂ  s\ ɕ  t t  t` ʈ  u u  v v  v\ ʋ  w w  x x  x\ ɧ  y y  z z  z` ʐ  z\ ʑ
        A ɑ  B β  B\ ʙ  C ç  D ð  E ɛ  F ɱ  G ɣ  G\ ɢ  G\_< ʛ  H ɥ  H\ ʜ  I ɪ  I\ ᵻ  J ɲ  J\ ɟ  J\_< ʄ  K ɬ  K\ ɮ  L ʎ  L\ ʟ  M ɯ  M\ ɰ
        N ŋ  N\ ɴ  O ɔ  O\ ʘ  P ʋ  Q ɒ  R ʁ  R\ ʀ  S ʃ  T θ  U ʊ  U\ ᵿ  V ʌ  W ʍ  X χ  X\ ħ  Y ʏ  Z ʒ
        @ ə  @\ ɘ  { æ  } ʉ  1 ɨ  2 ø  3 ɜ  3\ ɞ  4 ɾ  5 ɫ  6 ɐ  7 ɤ  8 ɵ  9 œ  & ɶ  ? ʔ  ?\ ʕ  <\ ʢ  >\ ʡ  !\ ǃ  |\ ǀ  |\|\ ǁ  =\ ǂ
        . .  " ˈ  % ˌ  : ː  :\ ˑ  ^ ꜛ  ! ꜜ  | |  || ‖  -\ ‿  ' ʲ  ` ˞  _> ʼ  _?\ ˤ  _G ˠ  _h ʰ  _j ʲ  _l ˡ  _n ⁿ  _w ʷ
        """);

    private static readonly Dictionary<string, char> Marks = new(StringComparer.Ordinal)
    {
        ["_\""] = '\u0308',
        ["_+"] = '\u031F',
        ["_-"] = '\u0320',
        ["_/"] = '\u030C',
        ["_0"] = '\u0325',
        ["="] = '\u0329',
        ["_="] = '\u0329',
        ["_\\"] = '\u0302',
        ["_^"] = '\u032F',
        ["_}"] = '\u031A',
        ["~"] = '\u0303',
        ["_~"] = '\u0303',
        ["_A"] = '\u0318',
        ["_a"] = '\u033A',
        ["_B"] = '\u030F',
        ["_c"] = '\u031C',
        ["_d"] = '\u032A',
        ["_e"] = '\u0334',
        ["_F"] = '\u0302',
        ["_H"] = '\u0301',
        ["_k"] = '\u0330',
        ["_L"] = '\u0300',
        ["_M"] = '\u0304',
        ["_m"] = '\u033B',
        ["_N"] = '\u033C',
        ["_O"] = '\u0339',
        ["_o"] = '\u031E',
        ["_q"] = '\u0319',
        ["_R"] = '\u030C',
        ["_r"] = '\u031D',
        ["_T"] = '\u030B',
        ["_t"] = '\u0324',
        ["_v"] = '\u032C',
        ["_X"] = '\u0306',
        ["_x"] = '\u033D',
    };

    private static readonly int Longest = Sounds.Keys.Concat(Marks.Keys).Max(k => k.Length);

    /// <summary>The same sounds in the International Phonetic Alphabet; null where a character is not X-SAMPA.</summary>
    /// <param name="phonemes">Any length; a hyphen parts symbols and is not heard, white space parts words.</param>
    public static string? ToIpa(string phonemes)
    {
        var ipa = new System.Text.StringBuilder(phonemes.Length);
        for (var at = 0; at < phonemes.Length;)
        {
            var length = Math.Min(Longest, phonemes.Length - at);
            string? sound = null;
            while (length > 0 && (sound = Find(phonemes.Substring(at, length))) is null)
            {
                length--;
            }

            if (sound is null)
            {
                return null;
            }

            ipa.Append(sound);
            at += length;
        }

        return ipa.ToString();
    }

    private static string? Find(string symbol) => symbol switch
    {
        "-" => "",
        [var space] when char.IsWhiteSpace(space) => " ",
        _ => Sounds.TryGetValue(symbol, out var sound) ? sound : Marks.TryGetValue(symbol, out var mark) ? mark.ToString() : null,
    };

    private static Dictionary<string, string> Pairs(string table) => table
        .Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        .Chunk(2)
        .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
