using System.Globalization;
using System.Xml;

namespace Dictation.Speech.Markup;

/// <summary>Reads the part of SSML 1.1 that this service speaks. Nothing outside the text is ever loaded, and a document type is refused.</summary>
internal static class Ssml
{
    private const string Namespace = "http://www.w3.org/2001/10/synthesis";
    private const int MaxDepth = 16;

    private const string Known = "speak, p, s, break, prosody (rate) and say-as (digits, characters)";

    /// <summary>A pause for each strength, in seconds; about as long as this service's own pauses at commas, sentences and paragraphs.</summary>
    private static readonly Dictionary<string, double> Strengths = new(StringComparer.Ordinal)
    {
        ["none"] = 0,
        ["x-weak"] = 0.1,
        ["weak"] = 0.2,
        ["medium"] = 0.35,
        ["strong"] = 0.7,
        ["x-strong"] = 1.2,
    };

    private static readonly Dictionary<string, double> Rates = new(StringComparer.Ordinal)
    {
        ["x-slow"] = 0.5,
        ["slow"] = 0.75,
        ["medium"] = 1,
        ["default"] = 1,
        ["fast"] = 1.35,
        ["x-fast"] = 1.75,
    };

    /// <summary>Whether a text means to be SSML.</summary>
    public static bool IsSsml(string text)
    {
        var start = text.AsSpan().TrimStart();
        return start.StartsWith("<?xml", StringComparison.Ordinal)
            || (start.StartsWith("<speak", StringComparison.Ordinal) && (start.Length == 6 || start[6] is '>' or '/' || char.IsWhiteSpace(start[6])));
    }

    public static void Read(string text, SpeechScriptBuilder script)
    {
        var start = text.Length - text.AsSpan().TrimStart().Length;
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = text.Length + 1L,
            IgnoreProcessingInstructions = true,
        };
        try
        {
            using var reader = XmlReader.Create(new StringReader(text[start..]), settings);
            new Walk(text, start, reader, script).Run();
        }
        catch (XmlException e)
        {
            // The reader's own sentence may quote the text; its place tells enough.
            throw new SpeechMarkupException(
                text.Contains("<!DOCTYPE", StringComparison.OrdinalIgnoreCase)
                    ? "SSML with a document type (<!DOCTYPE>) is not accepted, as it can define entities. Leave it out."
                    : $"The SSML is not well-formed XML at line {e.LineNumber}, position {e.LinePosition}. Write & as &amp; and < as &lt; in the text, and close every element.");
        }
    }

    private sealed class Walk(string text, int start, XmlReader reader, SpeechScriptBuilder script)
    {
        private readonly Stack<(double Rate, SayAs SayAs)> _ways = new([(1, SayAs.Text)]);
        private readonly List<int> _lines = LinesOf(text, start);

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
                        End(reader.LocalName);
                        break;
                    case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace:
                        Say(Place(), reader.Value, raw: false);
                        break;
                    case XmlNodeType.CDATA:
                        Say(Place(), reader.Value, raw: true);
                        break;
                }
            }
        }

        private void Begin()
        {
            var name = reader.LocalName;
            if (reader.NamespaceURI is not ("" or Namespace) || reader.Depth == 0 != (name == "speak"))
            {
                throw Unknown(reader.Name);
            }

            if (reader.Depth >= MaxDepth)
            {
                throw new SpeechMarkupException($"SSML elements may stand {MaxDepth} deep; '{name}' stands deeper.");
            }

            var empty = reader.IsEmptyElement;
            var way = _ways.Peek();
            switch (name)
            {
                case "speak":
                    Attributes(name, "version");
                    break;
                case "p":
                    Attributes(name);
                    script.Break(ScriptBoundary.Paragraph);
                    break;
                case "s":
                    Attributes(name);
                    script.Break(ScriptBoundary.Sentence);
                    break;
                case "break":
                    Attributes(name, "time", "strength");
                    script.Pause(Pause());
                    break;
                case "prosody":
                    Attributes(name, "rate");
                    way = (Math.Clamp(way.Rate * Rate(), SpeechScript.MinRate, SpeechScript.MaxRate), way.SayAs);
                    break;
                case "say-as":
                    Attributes(name, "interpret-as");
                    way = (way.Rate, reader.GetAttribute("interpret-as") switch
                    {
                        "digits" => SayAs.Digits,
                        "characters" => SayAs.Characters,
                        _ => throw new SpeechMarkupException("The SSML element 'say-as' needs interpret-as=\"digits\" or interpret-as=\"characters\"."),
                    });
                    break;
                default:
                    throw Unknown(name);
            }

            _ways.Push(way);
            script.Say(way.Rate, way.SayAs);
            if (empty)
            {
                End(name);
            }
        }

        private void End(string name)
        {
            if (name is "p" or "s")
            {
                script.Break(name == "p" ? ScriptBoundary.Paragraph : ScriptBoundary.Sentence);
            }

            _ways.Pop();
            script.Say(_ways.Peek().Rate, _ways.Peek().SayAs);
        }

        private static SpeechMarkupException Unknown(string name) => new($"The SSML element '{name}' is not spoken here, or not at this place. Known are {Known}, within one speak.");

        private void Attributes(string element, params ReadOnlySpan<string> known)
        {
            for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
            {
                // Declarations of namespaces, the language and the schema are what every document begins with, and say nothing about the sound.
                if (reader.Prefix is "" && reader.Name != "xmlns" && !known.Contains(reader.Name))
                {
                    throw new SpeechMarkupException($"The attribute '{reader.Name}' of the SSML element '{element}' is not spoken here. Leave it out.");
                }
            }

            reader.MoveToElement();
        }

        private double Pause()
        {
            var (time, strength) = (reader.GetAttribute("time"), reader.GetAttribute("strength"));
            if (time is not null)
            {
                return PauseTags.Seconds(time)
                    ?? throw new SpeechMarkupException($"The time of the SSML element 'break' must be such as \"1.5s\" or \"500ms\", at most {SpeechScript.MaxPause:0} seconds.");
            }

            return Strengths.TryGetValue(strength ?? "medium", out var seconds)
                ? seconds
                : throw new SpeechMarkupException($"The strength of the SSML element 'break' must be one of {string.Join(", ", Strengths.Keys)}.");
        }

        private double Rate()
        {
            var rate = reader.GetAttribute("rate")?.Trim() ?? throw new SpeechMarkupException("The SSML element 'prosody' needs a rate.");
            if (Rates.TryGetValue(rate, out var named))
            {
                return named;
            }

            // SSML 1.1: a percentage of the present rate, here also with a sign as in 1.0, where it was a change; or a plain multiplier.
            var percent = rate.EndsWith('%');
            if (!double.TryParse(percent ? rate[..^1] : rate, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                number = double.NaN;
            }

            var factor = !percent ? number : rate[0] is '+' or '-' ? 1 + number / 100 : number / 100;
            return factor is >= SpeechScript.MinRate and <= SpeechScript.MaxRate
                ? factor
                : throw new SpeechMarkupException(
                    $"The rate of the SSML element 'prosody' must be one of {string.Join(", ", Rates.Keys)}, or from 50% to 200%.");
        }

        private int Place() => ((IXmlLineInfo)reader) is var info && info.HasLineInfo() ? _lines[info.LineNumber - 1] + info.LinePosition - 1 : start;

        /// <summary>Adds text with the offsets of its source: a reference such as <c>&amp;amp;</c> is longer there than the character that it stands for.</summary>
        private void Say(int at, string value, bool raw)
        {
            foreach (var c in value)
            {
                script.Add(c, Math.Min(at, text.Length - 1));
                if (at < text.Length && !raw && text[at] == '&')
                {
                    // Of a pair of surrogates from one reference, the second is at the reference's place too.
                    if (!char.IsHighSurrogate(c))
                    {
                        at = text.IndexOf(';', at) + 1;
                    }
                }
                else
                {
                    // The reader gives one line feed for a carriage return, with a line feed behind it or without.
                    at += c == '\n' && at + 1 < text.Length && text[at] == '\r' && text[at + 1] == '\n' ? 2 : 1;
                }
            }
        }

        private static List<int> LinesOf(string text, int start)
        {
            var lines = new List<int> { start };
            for (var i = start; i < text.Length; i++)
            {
                if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                {
                    lines.Add(i + 1);
                }
            }

            return lines;
        }
    }
}
