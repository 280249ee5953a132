using System.Globalization;
using System.Text;

namespace Dictation.Speech.Tokenization;

/// <summary>Collects the ids of one run of the network. Marks and spaces that the voice has no id for are left out.</summary>
internal sealed class PiperIds
{
    private readonly PiperPhonemes _phonemes;
    private readonly List<long> _ids = [];
    private readonly List<DroppedSymbol> _unknown = [];
    private readonly List<string> _symbols = [];
    private bool _speakable;
    private bool _endsInSpace = true;

    public PiperIds(PiperPhonemes phonemes)
    {
        _phonemes = phonemes;
        Append(phonemes.Begin);
    }

    /// <summary>Whether nothing was heard since the start or the last mark.</summary>
    public bool EndsInMark { get; private set; } = true;

    /// <param name="phoneme">The phoneme.</param>
    /// <param name="source">Where in the text the word is that it belongs to.</param>
    /// <returns>The range of its ids and their blanks; empty where it has none.</returns>
    public (int First, int End) Add(string phoneme, (int Start, int Length) source)
    {
        var first = _ids.Count;
        if (_phonemes.IdsOf(phoneme) is not { } parts)
        {
            _unknown.Add(new DroppedSymbol(phoneme, source.Start, source.Length));
            return (first, first);
        }

        _symbols.Add(phoneme);
        foreach (var part in parts)
        {
            Append(part);
        }

        _endsInSpace = phoneme == " ";
        var rune = Rune.GetRuneAt(phoneme, 0);
        if (Rune.IsLetterOrDigit(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.ModifierLetter)
        {
            _speakable = true;
            EndsInMark = false;
        }

        return (first, _ids.Count);
    }

    /// <summary>Adds a character and its marks: decomposed, in the case that the voice has, composed where it has only that.</summary>
    /// <param name="cluster">The character.</param>
    /// <param name="at">Its offset in the text.</param>
    /// <returns>The range of its ids and their blanks; empty where it has none.</returns>
    public (int First, int End) AddLetter(string cluster, int at)
    {
        var first = _ids.Count;
        var parts = cluster.Normalize(NormalizationForm.FormD).EnumerateRunes().Select(Known).ToList();
        var composed = parts.Contains(null) ? Known(cluster.Normalize(NormalizationForm.FormC)) : null;
        foreach (var part in composed is null ? parts : [composed])
        {
            if (part is not null)
            {
                Add(part, (at, cluster.Length));
            }
        }

        if (composed is null && parts.Contains(null))
        {
            _unknown.AddRange(cluster.Normalize(NormalizationForm.FormD).EnumerateRunes().Where(r => Known(r) is null && !Rune.IsWhiteSpace(r))
                .Select(r => new DroppedSymbol(r.ToString(), at, cluster.Length)));
        }

        return (first, _ids.Count);
    }

    public void AddMark(char mark)
    {
        if (_phonemes.IdsOf(mark.ToString()) is [var ids])
        {
            Append(ids);
            _symbols.Add(mark.ToString());
            _endsInSpace = false;
        }

        EndsInMark = true;
    }

    /// <summary>Parts what was added from what follows, unless it is parted.</summary>
    public void AddSpace()
    {
        if (!_endsInSpace && _phonemes.IdsOf(" ") is [var ids])
        {
            Append(ids);
            _symbols.Add(" ");
            _endsInSpace = true;
        }
    }

    public PiperTokens Build(IReadOnlyList<HeardSpan> heard)
    {
        _ids.AddRange(_phonemes.End);
        return new PiperTokens([.. _ids], _unknown, _speakable, heard) { Symbols = _symbols };
    }

    private string? Known(Rune rune) => Rune.IsWhiteSpace(rune) ? Known(" ") : Known(rune.ToString());

    private string? Known(string letter) => new[] { letter, letter.ToLowerInvariant(), letter.ToUpperInvariant() }.FirstOrDefault(l => _phonemes.IdsOf(l) is not null);

    private void Append(long[] ids)
    {
        _ids.AddRange(ids);
        _ids.AddRange(_phonemes.Blank);
    }
}
