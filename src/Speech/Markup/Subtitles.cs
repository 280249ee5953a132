using System.Text.RegularExpressions;

namespace Dictation.Speech.Markup;

/// <summary>Reads SubRip and WebVTT: the texts of the cues as running text, without counters, times, settings and notes.</summary>
internal static partial class Subtitles
{
    private const string Arrow = "-->";

    /// <summary>Whether a text is subtitles: a line of times is first, but for a counter, a header or a cue's name.</summary>
    public static bool Is(string text)
    {
        if (!text.Contains(Arrow, StringComparison.Ordinal))
        {
            return false;
        }

        var (lines, times) = (0, 0);
        for (var at = 0; at < text.Length && times < 2;)
        {
            var line = TextLine.At(text, at);
            if (IsTime(line.Of(text)))
            {
                times++;
                if (lines == 0 || text.AsSpan().TrimStart("\uFEFF \t\r\n").StartsWith("WEBVTT", StringComparison.Ordinal))
                {
                    return true;
                }
            }
            else if (!IsBlank(line.Of(text)) && !IsCounter(line.Of(text)))
            {
                lines++;
            }

            at = line.Next;
        }

        return times > 1;
    }

    public static void Read(string text, SpeechScriptBuilder script)
    {
        script.Markup();
        var (afterBlank, inNote) = (true, false);
        for (var at = 0; at < text.Length;)
        {
            var line = TextLine.At(text, at);
            var content = line.Of(text);
            if (IsBlank(content))
            {
                (afterBlank, inNote) = (true, false);
            }
            else
            {
                inNote = inNote || (afterBlank && IsNote(content));
                if (!inNote && !IsTime(content) && !IsCueName(text, line, afterBlank))
                {
                    Say(text, line, script);
                }

                afterBlank = false;
            }

            at = line.Next;
        }
    }

    private static bool IsBlank(ReadOnlySpan<char> line) => line.Trim(" \t\uFEFF").IsEmpty;

    private static bool IsTime(ReadOnlySpan<char> line) => line.Contains(Arrow, StringComparison.Ordinal) && Time().IsMatch(line);

    private static bool IsCounter(ReadOnlySpan<char> line) => !line.Trim(" \t\uFEFF").ContainsAnyExceptInRange('0', '9');

    /// <summary>A header, a comment, a style or a region; each lasts to a blank line.</summary>
    private static bool IsNote(ReadOnlySpan<char> line)
    {
        var word = line.Trim(" \t\uFEFF");
        var end = word.IndexOfAny(' ', '\t');
        return (end < 0 ? word : word[..end]) is "WEBVTT" or "NOTE" || word is "STYLE" or "REGION";
    }

    /// <summary>A counter or a name stands right before a line of times; players also take a blank line between.</summary>
    private static bool IsCueName(string text, TextLine line, bool afterBlank)
    {
        var isCounter = IsCounter(line.Of(text));
        if (!isCounter && !afterBlank)
        {
            return false;
        }

        var next = TextLine.At(text, line.Next);
        if (isCounter && afterBlank && IsBlank(next.Of(text)))
        {
            next = TextLine.At(text, next.Next);
        }

        return IsTime(next.Of(text));
    }

    private static void Say(string text, TextLine line, SpeechScriptBuilder script)
    {
        if (script.Last is { } last && last != '\n')
        {
            script.Add('\n', line.Start - 1, line.Start);
        }

        for (var at = line.Start; at < line.End;)
        {
            var end = at + 1;
            if (text[at] == '\uFEFF' || Style(text, at, line.End, out end))
            {
                at = end;
            }
            else if (text[at] == '&' && CharacterReference.TryRead(text, at, out var characters, out end))
            {
                script.Add(characters, at, end);
                at = end;
            }
            else if (text.AsSpan(at, line.End - at) is ['\\', 'N' or 'h', ..])
            {
                script.Add(text[at + 1] == 'h' ? ' ' : '\n', at, at + 2);
                at += 2;
            }
            else
            {
                script.Copy(at);
                at++;
            }
        }
    }

    /// <summary>
    /// A tag, a time within a cue, or a position as SubStation writes it: <c>&lt;v Anna&gt;</c>, <c>&lt;00:00:01.000&gt;</c>,
    /// <c>{\an8}</c>.
    /// </summary>
    private static bool Style(string text, int at, int lineEnd, out int end)
    {
        var rest = text.AsSpan(at, lineEnd - at);
        var close = rest switch
        {
            ['<', '/' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'), ..] => Close(rest, '<', '>'),
            ['<', >= '0' and <= '9', >= '0' and <= '9', ':', ..] => Close(rest, '<', '>'),
            ['{', '\\', ..] => Close(rest, '{', '}'),
            _ => -1,
        };
        end = at + close + 1;
        return close > 0;
    }

    private static int Close(ReadOnlySpan<char> rest, char open, char close)
    {
        var found = rest[1..].IndexOfAny(open, close);
        return found >= 0 && rest[found + 1] == close ? found + 1 : -1;
    }

    [GeneratedRegex(
        @"^[\s\uFEFF]*(?:[0-9]{1,3}:)?[0-9]{1,2}:[0-9]{2}[,.][0-9]{1,3}[ \t]*-->"
        + @"[ \t]*(?:[0-9]{1,3}:)?[0-9]{1,2}:[0-9]{2}[,.][0-9]{1,3}(?:[ \t].*)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Time();
}
