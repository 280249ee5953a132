namespace Dictation.Speech.Markup;

/// <summary>What a unit of a text is, once blocks and signs are found.</summary>
internal enum Mark : byte
{
    /// <summary>Text, in which tags, references and pauses may stand.</summary>
    Said,

    /// <summary>Not said.</summary>
    Silent,

    /// <summary>Said as it stands.</summary>
    Literal,

    /// <summary>Parts two cells of a table.</summary>
    Cell,
}

/// <summary>A text whose signs of Markdown are marked, unit by unit.</summary>
internal sealed class MarkedText(string text)
{
    private readonly Mark[] _marks = new Mark[text.Length];

    /// <summary>Where sentences and paragraphs begin, by rising offset.</summary>
    public List<(int At, ScriptBoundary Boundary)> Boundaries { get; } = [];

    public Mark this[int at] => _marks[at];

    public void Set(Mark mark, int from, int to) => _marks.AsSpan(from, to - from).Fill(mark);

    public void Silence(int from, int to) => Set(Mark.Silent, from, to);

    public void Begin(ScriptBoundary boundary, int at) => Boundaries.Add((at, boundary));
}
