namespace Dictation.Speech.Markup;

/// <summary>
/// Says a text without the markup in it: tags of HTML, references to characters, cloze marks of Anki, pauses, and what is marked as silent.
/// </summary>
/// <param name="text">The text as submitted.</param>
/// <param name="tags">Its tags.</param>
/// <param name="search">Searches of the text.</param>
/// <param name="script">Gets what is said.</param>
internal sealed class MarkupWriter(string text, HtmlTags tags, TextSearch search, SpeechScriptBuilder script)
{
    private int _clozes;
    private int _preformatted;

    /// <summary>Whether space and line ends are one space, as in HTML.</summary>
    public bool CollapsesSpace { get; init; }

    /// <summary>Marks of another format in the text.</summary>
    public MarkedText? Marks { get; init; }

    public void Run()
    {
        var boundary = 0;
        for (var at = 0; at < text.Length;)
        {
            for (; Marks is not null && boundary < Marks.Boundaries.Count && Marks.Boundaries[boundary].At <= at; boundary++)
            {
                script.Break(Marks.Boundaries[boundary].Boundary);
            }

            at = Marks?[at] switch
            {
                Mark.Silent => Skip(at + 1),
                Mark.Literal => Copy(at),
                Mark.Cell => Cell(at),
                _ => Next(at),
            };
        }
    }

    private int Next(int at)
    {
        switch (text[at])
        {
            case '<' when tags.At(at) is { } tag:
                return Tag(tag, at);
            case '&' when CharacterReference.TryRead(text, at, out var characters, out var end):
                script.Add(characters, at, end);
                return Skip(end);
            case '[' when RawPhonemesEnd(text, at) is { } end:
                while (at < end)
                {
                    at = Copy(at);
                }

                return end;
            case '[' when PauseTags.TryRead(text, at, script, out var end):
                return end;
            case '{' when ClozeContent(at) is { } content:
                _clozes++;
                return Skip(content);
            case ':' when _clozes > 0 && text.AsSpan(at).StartsWith("::", StringComparison.Ordinal)
                && search.Find("}}", at) is >= 0 and var close:
                return Skip(close);
            case '}' when _clozes > 0 && text.AsSpan(at).StartsWith("}}", StringComparison.Ordinal):
                _clozes--;
                return Skip(at + 2);
            case '\uFEFF' when at == 0:
                return 1;
            default:
                return CollapsesSpace && _preformatted == 0 && text[at] is ' ' or '\t' or '\r' or '\n' or '\f' ? Space(at) : Copy(at);
        }
    }

    /// <summary>The offset behind phonemes that the text gives itself, on one line; null where none begin.</summary>
    public static int? RawPhonemesEnd(string text, int at)
    {
        if (!text.AsSpan(at).StartsWith("[[", StringComparison.Ordinal))
        {
            return null;
        }

        // Other opening brackets between are no phonemes, which keeps a long row of brackets quick.
        var end = text.AsSpan(at + 2).IndexOfAny('\n', ']', '[');
        return end >= 0 && text.AsSpan(at + 2 + end).StartsWith("]]", StringComparison.Ordinal) ? at + 2 + end + 2 : null;
    }

    private int Tag(HtmlTag tag, int at)
    {
        script.Markup();
        if (HtmlElements.IsSilent(tag.Name) && !tag.IsEnd)
        {
            return tags.SilentEnd(tag);
        }

        switch (tag.Name)
        {
            case "br":
                script.Add('\n', at, tag.End);
                break;
            case "img" or "area" when tag.Alt.End > tag.Alt.Start:
                Alternative(tag, at);
                break;
            case "tr":
                script.Break(ScriptBoundary.Sentence);
                break;
            case "td" or "th" when !tag.IsEnd:
                script.Cell(at, tag.End);
                break;
            case "sup" when !tag.IsEnd && text.AsSpan(tag.End) is ['2' or '3', '<', '/', 's', 'u', 'p', ..]:
                script.Add(text[tag.End] == '2' ? '²' : '³', tag.End, tag.End + 1);
                return tag.End + 1;
            case "pre":
                _preformatted = Math.Max(0, _preformatted + (tag.IsEnd ? -1 : 1));
                script.Break(ScriptBoundary.Paragraph);
                break;
            case var name when HtmlElements.IsBlock(name):
                script.Break(ScriptBoundary.Paragraph);
                break;
        }

        return tag.End;
    }

    /// <summary>Says what stands for an image, apart from the words around it.</summary>
    private void Alternative(HtmlTag tag, int start)
    {
        if (script.Last is { } last && !char.IsWhiteSpace(last))
        {
            script.Add(' ', start, tag.Alt.Start);
        }

        for (var at = tag.Alt.Start; at < tag.Alt.End;)
        {
            if (text[at] == '&' && CharacterReference.TryRead(text, at, out var characters, out var end) && end <= tag.Alt.End)
            {
                script.Add(characters, at, end);
                at = end;
            }
            else
            {
                at = Copy(at);
            }
        }

        script.Add(' ', tag.Alt.End, tag.End);
    }

    /// <summary>Where the content of a cloze begins; null where none does: <c>{{c1::Helsinki::hint}}</c>.</summary>
    private int? ClozeContent(int at)
    {
        if (!text.AsSpan(at).StartsWith("{{c", StringComparison.Ordinal))
        {
            return null;
        }

        var end = at + 3;
        while (end < text.Length && end < at + 6 && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end > at + 3 && text.AsSpan(end).StartsWith("::", StringComparison.Ordinal) && search.Find("}}", end) >= 0 ? end + 2 : null;
    }

    private int Cell(int at)
    {
        script.Cell(at, at + 1);
        return Skip(at + 1);
    }

    private int Space(int at)
    {
        if (script.Last is { } last && !char.IsWhiteSpace(last))
        {
            script.Add(' ', at, at + 1);
        }

        return at + 1;
    }

    private int Copy(int at)
    {
        script.Copy(at);
        return at + 1;
    }

    private int Skip(int to)
    {
        script.Markup();
        return to;
    }
}
