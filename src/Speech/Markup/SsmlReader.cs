using System.Xml;

namespace Dictation.Speech.Markup;

/// <summary>Walks through the elements of one SSML document.</summary>
internal sealed class SsmlReader(string text, XmlTextReader reader, LineMap lines, SpeechScriptBuilder script)
{
    private const string Namespace = "http://www.w3.org/2001/10/synthesis";
    private const int MaxDepth = 16;

    private readonly Stack<SsmlElement> _open = new();
    private readonly HashSet<string> _prefixes = new(StringComparer.Ordinal);
    private string? _language;

    /// <summary>The depth of the element whose content is not read, such as that of a sub; negative where there is none.</summary>
    private int _silentAt = -1;

    private bool IsSilent => _silentAt >= 0;

    private SsmlElement Parent => _open.TryPeek(out var parent) ? parent : SsmlElement.Outside;

    public void Run()
    {
        script.Markup();
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    Begin();
                    break;
                case XmlNodeType.EndElement:
                    End(Place() - 2, text.IndexOf('>', Place()) + 1);
                    break;
                case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when !IsSilent:
                    Say(Place(), reader.Value, raw: false);
                    break;
                case XmlNodeType.CDATA when !IsSilent:
                    Say(Place(), reader.Value, raw: true);
                    break;
                case XmlNodeType.EntityReference:
                    throw Ssml.NotWellFormed(lines.Describe(Place()));
            }
        }
    }

    private void Begin()
    {
        if (reader.Depth >= MaxDepth)
        {
            throw new SpeechMarkupException(
                $"SSML elements may stand {MaxDepth} deep; '{reader.Name}' at {lines.Describe(Place())} stands deeper.");
        }

        var start = Place() - 1;
        var way = Parent;
        var element = way with { Name = LocalName(), Start = start, End = TagEnd(start), Alias = null, IsSpoken = false };

        // Elements within a phoneme or a silent element say nothing themselves.
        if (!IsSilent && way.Phonemes is null)
        {
            element = Act(element);
        }

        var empty = reader.IsEmptyElement;
        _open.Push(element);
        script.Say(element.Rate, element.SayAs, element.Phonemes);
        if (empty)
        {
            End(element.End, element.End);
        }
    }

    private SsmlElement Act(SsmlElement element)
    {
        NameLanguage(element);
        switch (element.Name)
        {
            case "speak" when reader.Depth == 0:
                _language = reader.GetAttribute("xml:lang");
                break;
            case "p" or "paragraph":
                script.Break(ScriptBoundary.Paragraph);
                break;
            case "s" or "sentence":
                script.Break(ScriptBoundary.Sentence);
                break;
            case "break":
                Break(element);
                break;
            case "prosody":
                return Prosody(element);
            case "say-as":
                return SayKind(element);
            case "sub" when reader.GetAttribute("alias") is { } alias:
                _silentAt = reader.Depth;
                return element with { Alias = alias };
            case "phoneme":
                return Phoneme(element);
            case "desc" or "metadata" or "meta":
                _silentAt = reader.Depth;
                break;
            case "mark" or "bookmark" or "token" or "w":
                break;
            case "emphasis" when reader.GetAttribute("level")?.Trim() == "none":
                break;
            default:
                NotHonoured(element);
                break;
        }

        return element;
    }

    private void Break(SsmlElement element)
    {
        var (seconds, unhonoured) = SsmlValues.Break(reader.GetAttribute("time"), reader.GetAttribute("strength"));
        script.Pause(seconds);
        if (unhonoured is not null)
        {
            NotHonoured(element, unhonoured);
        }
    }

    private SsmlElement Prosody(SsmlElement element)
    {
        for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
        {
            if (reader.Name == "rate" && SsmlValues.Rate(reader.Value) is { } rate)
            {
                element = element with { Rate = Math.Clamp(element.Rate * rate, SpeechScript.MinRate, SpeechScript.MaxRate) };
            }
            else if (!reader.Name.StartsWith("xml", StringComparison.Ordinal))
            {
                NotHonoured(element, reader.Name);
            }
        }

        reader.MoveToElement();
        return element;
    }

    private SsmlElement SayKind(SsmlElement element)
    {
        var kind = reader.GetAttribute("interpret-as") ?? reader.GetAttribute("type");
        if (SsmlValues.IsExpletive(kind))
        {
            _silentAt = reader.Depth;
            script.Pause(SsmlValues.Bleep);
            return element;
        }

        var format = reader.GetAttribute("format");
        if (SsmlValues.Kind(kind, format) is { } sayAs)
        {
            if (sayAs == SayAs.Text && !reader.IsEmptyElement && format is not null && SsmlDate.Iso(ContentOf(element), format) is { } date)
            {
                _silentAt = reader.Depth;
                return element with { SayAs = sayAs, Alias = date };
            }

            return element with { SayAs = sayAs };
        }

        NotHonoured(element);
        return element;
    }

    /// <summary>The text up to the next tag.</summary>
    private string ContentOf(SsmlElement element) => text[element.End..text.IndexOf('<', element.End)];

    private SsmlElement Phoneme(SsmlElement element)
    {
        if (SsmlValues.Ipa(reader.GetAttribute("ph"), reader.GetAttribute("alphabet")) is not { } ipa)
        {
            NotHonoured(element);
            return element;
        }

        var named = new UnhonouredElement(reader.Name, element.Start, element.End - element.Start);
        return element with { Phonemes = new ElementPhonemes(ipa, named) };
    }

    /// <param name="contentEnd">UTF-16 offset of the end tag.</param>
    /// <param name="tagEnd">The offset behind it.</param>
    private void End(int contentEnd, int tagEnd)
    {
        var element = _open.Pop();
        if (_silentAt == _open.Count)
        {
            _silentAt = -1;
        }

        if (element.Alias is { } alias)
        {
            // A sub without content is at its tags.
            var hasContent = contentEnd > element.End;
            script.Add(alias, hasContent ? element.End : element.Start, hasContent ? contentEnd : tagEnd);
        }
        else if (element is { Phonemes: not null, IsSpoken: false } && !ReferenceEquals(Parent.Phonemes, element.Phonemes))
        {
            script.Add(" ", element.Start, tagEnd);
        }

        if (!IsSilent && element.Phonemes is null && element.Name is "p" or "paragraph" or "s" or "sentence")
        {
            script.Break(element.Name[0] == 'p' ? ScriptBoundary.Paragraph : ScriptBoundary.Sentence);
        }

        var way = Parent;
        script.Say(way.Rate, way.SayAs, way.Phonemes);
    }

    /// <summary>Adds text with its source; a reference such as <c>&amp;amp;</c> is longer than its character.</summary>
    private void Say(int at, string value, bool raw)
    {
        foreach (var element in _open)
        {
            element.IsSpoken = true;
        }

        for (var i = 0; i < value.Length; i++)
        {
            // The reader gives one line feed for a carriage return, with a line feed behind it or without.
            var length = value[i] == '\n' && text.AsSpan(at).StartsWith("\r\n", StringComparison.Ordinal) ? 2 : 1;
            if (!raw && text[at] == '&')
            {
                length = text.IndexOf(';', at) + 1 - at;
                if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length)
                {
                    script.Add(value[i++], at, at + length);
                }
            }

            script.Add(value[i], at, at + length);
            at += length;
        }
    }

    /// <summary>A part of the text in another language than the document is still said in the voice's own.</summary>
    private void NameLanguage(SsmlElement element)
    {
        if (element.Name is not ("speak" or "lang" or "voice") && reader.GetAttribute("xml:lang") is { } language
            && !language.Equals(_language ?? language, StringComparison.OrdinalIgnoreCase))
        {
            NotHonoured(element, "xml:lang");
        }
    }

    private void NotHonoured(SsmlElement element, string? attribute = null)
    {
        // While attributes are walked through, the reader's own name is that of one.
        var end = element.Start + 1;
        while (end < element.End && !char.IsWhiteSpace(text[end]) && text[end] is not ('/' or '>'))
        {
            end++;
        }

        var name = text[(element.Start + 1)..end];
        var named = attribute is null ? name : $"{name} {attribute}";
        script.Unhonoured(new UnhonouredElement(named, element.Start, element.End - element.Start));
    }

    /// <summary>The element's name, without the prefix that stands for SSML's own namespace.</summary>
    private string LocalName()
    {
        var name = reader.Name;
        for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
        {
            if (reader.Name.StartsWith("xmlns:", StringComparison.Ordinal) && reader.Value.Trim() == Namespace)
            {
                _prefixes.Add(reader.Name["xmlns:".Length..]);
            }
        }

        reader.MoveToElement();
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && (_open.Count == 0 || _prefixes.Contains(name[..colon])) ? name[(colon + 1)..] : name;
    }

    private int Place() => lines.Offset(reader.LineNumber, reader.LinePosition);

    /// <summary>The offset behind a start tag, which the reader has found to be well-formed.</summary>
    private int TagEnd(int at)
    {
        for (; at < text.Length && text[at] != '>'; at++)
        {
            if (text[at] is '"' or '\'')
            {
                at = text.IndexOf(text[at], at + 1);
            }
        }

        return Math.Min(text.Length, at + 1);
    }
}
