using System.Xml;

namespace Dictation.Speech.Markup;

/// <summary>
/// Reads SSML 1.1. Nothing outside the text is ever loaded, and entities are refused. Names are read without namespaces, as people paste
/// vendors' elements without the declaration of their prefix.
/// </summary>
internal static class Ssml
{
    /// <summary>Whether a text means to be SSML. An XML declaration alone tells so too, unless the document is HTML.</summary>
    public static bool IsSsml(string text)
    {
        var prolog = SsmlProlog.Read(text);
        var name = prolog.RootName(text);
        return name is "speak" || name.EndsWith(":speak", StringComparison.Ordinal)
            || (prolog.HasDeclaration && !name.Equals("html", StringComparison.OrdinalIgnoreCase));
    }

    /// <exception cref="SpeechMarkupException">The text is not well-formed XML, not SSML, defines entities, or stands too deep.</exception>
    public static void Read(string text, SpeechScriptBuilder script)
    {
        var prolog = SsmlProlog.Read(text);
        if (prolog.HasEntities)
        {
            throw new SpeechMarkupException(
                "SSML with a document type (<!DOCTYPE>) that defines entities is not accepted. Leave the definitions out.");
        }

        var lines = new LineMap(text, prolog.Root);
        var name = prolog.RootName(text).ToString();
        if (name != "speak" && !name.EndsWith(":speak", StringComparison.Ordinal))
        {
            throw new SpeechMarkupException(
                $"SSML must begin with the element 'speak'; {(name.Length > 0 ? $"'{name}'" : "other text")} "
                + $"stands at {lines.Describe(prolog.Root)}.");
        }

        try
        {
            using var reader = new XmlTextReader(new StringReader(text[prolog.Root..]))
            {
                Namespaces = false,
                Normalization = true,
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
            };
            new SsmlReader(text, reader, lines, script).Run();
        }
        catch (XmlException e)
        {
            // The reader's own sentence may quote the text; the place is enough.
            throw NotWellFormed(lines.Describe(lines.Offset(e.LineNumber, e.LinePosition)));
        }
    }

    public static SpeechMarkupException NotWellFormed(string place) => new(
        $"The SSML is not well-formed XML at {place}. Write & as &amp; and < as &lt; in the text, and close every element.");
}
