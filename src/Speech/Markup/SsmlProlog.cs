using System.Buffers;

namespace Dictation.Speech.Markup;

/// <summary>What stands before the root element of SSML: byte order mark, space, XML declaration, comments, document type.</summary>
internal readonly record struct SsmlProlog
{
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n/><");

    /// <summary>UTF-16 offset of the first character behind the prolog.</summary>
    public int Root { get; private init; }

    /// <summary>Whether an XML declaration stands in it.</summary>
    public bool HasDeclaration { get; private init; }

    /// <summary>Whether a document type in it defines entities.</summary>
    public bool HasEntities { get; private init; }

    public static SsmlProlog Read(string text)
    {
        var prolog = new SsmlProlog();
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]) || text[at] == '\uFEFF')
            {
                at++;
                continue;
            }

            var end = End(text, at);
            if (end < 0)
            {
                return prolog with { Root = at };
            }

            var piece = text.AsSpan(at, end - at);
            prolog = prolog with
            {
                HasDeclaration = prolog.HasDeclaration || piece.StartsWith("<?xml", StringComparison.Ordinal),
                HasEntities = prolog.HasEntities
                    || (IsDocumentType(piece) && piece.Contains("<!ENTITY", StringComparison.OrdinalIgnoreCase)),
            };
            at = end;
        }

        return prolog with { Root = text.Length };
    }

    /// <summary>The name of the root element as it is written; empty where none stands there.</summary>
    public ReadOnlySpan<char> RootName(string text)
    {
        if (Root >= text.Length || text[Root] != '<')
        {
            return [];
        }

        var name = text.AsSpan(Root + 1);
        var end = name.IndexOfAny(NameEnds);
        return end < 0 ? name : name[..end];
    }

    private static bool IsDocumentType(ReadOnlySpan<char> piece) => piece.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase);

    /// <summary>The offset behind the piece of a prolog that begins there; negative where none does, or where it does not end.</summary>
    private static int End(string text, int at)
    {
        var rest = text.AsSpan(at);
        return rest switch
        {
            ['<', '!', '-', '-', ..] => Behind(rest[4..].IndexOf("-->", StringComparison.Ordinal), 4 + 3),
            ['<', '?', ..] => Behind(rest.IndexOf("?>", StringComparison.Ordinal), 2),
            _ when IsDocumentType(rest) => DocumentTypeEnd(text, at),
            _ => -1,
        };

        int Behind(int found, int length) => found < 0 ? -1 : at + found + length;
    }

    private static int DocumentTypeEnd(string text, int at)
    {
        var inSubset = false;
        for (; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '"' or '\'':
                    at = text.IndexOf(text[at], at + 1);
                    if (at < 0)
                    {
                        return -1;
                    }

                    break;
                case '[':
                    inSubset = true;
                    break;
                case ']':
                    inSubset = false;
                    break;
                case '>' when !inSubset:
                    return at + 1;
            }
        }

        return -1;
    }
}
