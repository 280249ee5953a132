using System.Text;
using System.Text.RegularExpressions;

namespace Dictation.Speech.Tokenization;

/// <summary>
/// The phonemes that Kokoro was trained on, from espeak-ng's: its signs, its joins, its word for itself. Each character keeps the number of the word
/// that it is heard as. Follows kokoro-js 1.2.1 (Apache-2.0), whose phonemes the goldens hold.
/// </summary>
/// <param name="american">Whether the speaker is American; the rules of the flap are theirs alone.</param>
internal sealed partial class KokoroPhonemes(bool american)
{
    private readonly StringBuilder _text = new();
    private readonly List<int> _owners = [];

    /// <summary>Adds characters, all heard as one word; -1 for none.</summary>
    public void Add(ReadOnlySpan<char> phonemes, int owner)
    {
        foreach (var c in phonemes)
        {
            Add(c, owner);
        }
    }

    /// <summary>Adds a character with the number of its word; -1 for none.</summary>
    public void Add(char c, int owner)
    {
        _text.Append(c);
        _owners.Add(owner);
    }

    /// <summary>The phonemes by Kokoro's rules, and for each UTF-16 unit the number of its word.</summary>
    public (string Text, IReadOnlyList<int> Owners) Build()
    {
        Replace(OwnName(), american ? "kˈoʊkəɹoʊ" : "kˈəʊkəɹəʊ");
        _text.Replace('ʲ', 'j').Replace('r', 'ɹ').Replace('x', 'k').Replace('ɬ', 'l');
        Replace(JoinedHundred(), " ");
        Replace(LooseZ(), "z");
        if (american)
        {
            Replace(Ninety(), "di");
        }

        return (_text.ToString(), _owners);
    }

    private void Replace(Regex pattern, string by)
    {
        var matches = pattern.Matches(_text.ToString());
        for (var i = matches.Count - 1; i >= 0; i--)
        {
            var match = matches[i];
            var owner = match.Length > 0 ? _owners[match.Index] : -1;
            _text.Remove(match.Index, match.Length).Insert(match.Index, by);
            _owners.RemoveRange(match.Index, match.Length);
            _owners.InsertRange(match.Index, Enumerable.Repeat(owner, by.Length));
        }
    }

    // espeak-ng's readings of the name in both accents.
    [GeneratedRegex("kəkˈoːɹoʊ|kəkˈɔːɹəʊ", RegexOptions.CultureInvariant)]
    private static partial Regex OwnName();

    [GeneratedRegex(@"(?<=[a-zɹː])(?=hˈʌndɹɪd)", RegexOptions.CultureInvariant)]
    private static partial Regex JoinedHundred();

    [GeneratedRegex(@" z(?=[;:,.!?¡¿—…""«»“” ]|$)", RegexOptions.CultureInvariant)]
    private static partial Regex LooseZ();

    [GeneratedRegex(@"(?<=nˈaɪn)ti(?!ː)", RegexOptions.CultureInvariant)]
    private static partial Regex Ninety();
}
