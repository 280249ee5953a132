using System.Globalization;
using System.Text;
using System.Xml;

namespace Dictation.Speech.Lexicons;

/// <summary>
/// The Pronunciation Lexicon Specification 1.0 of W3C. Graphemes are case-sensitive there. Of several pronunciations of a lexeme the
/// preferred one is read, else the first. Nothing outside the document is loaded, and a document type is refused.
/// </summary>
public sealed class PronunciationLexicon
{
    private const string Namespace = "http://www.w3.org/2005/01/pronunciation-lexicon";
    private const string Ipa = "ipa", XSampaName = "x-sampa";

    private readonly XmlReader _reader;
    private readonly List<LexiconEntry> _entries = [];
    private readonly int _maxEntries;
    private string _alphabet = Ipa;

    private PronunciationLexicon(XmlReader reader, int maxEntries) => (_reader, _maxEntries) = (reader, maxEntries);

    /// <summary>Reads a document.</summary>
    /// <param name="document">Read to its end, at most <paramref name="maxCharacters"/>.</param>
    /// <param name="maxEntries">More are refused.</param>
    /// <param name="maxCharacters">Of the document; more are refused.</param>
    /// <returns>The language that the document states, or null; and its entries.</returns>
    /// <exception cref="LexiconFormatException">The document is broken, or is no such lexicon.</exception>
    public static (string? Language, IReadOnlyList<LexiconEntry> Entries) Read(Stream document, int maxEntries, long maxCharacters)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = maxCharacters,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        };
        using var reader = XmlReader.Create(document, settings);
        try
        {
            var lexicon = new PronunciationLexicon(reader, maxEntries);
            var language = lexicon.ReadDocument();
            return (language, lexicon._entries);
        }
        catch (XmlException e)
        {
            // The reader's own sentence may quote the document; its place tells enough.
            throw new LexiconFormatException(
                $"The lexicon is not well-formed XML of the Pronunciation Lexicon Specification at line {e.LineNumber}, column {e.LinePosition}. "
                + "Close every element, write & as &amp; and < as &lt;, and leave a document type out.");
        }
    }

    /// <summary>Writes a document; an entry that is not case-sensitive becomes a grapheme as it is written.</summary>
    public static string Write(string language, IEnumerable<LexiconEntry> entries)
    {
        var document = new StringBuilder();
        using (var writer = XmlWriter.Create(new Utf8Writer(document), new XmlWriterSettings { Indent = true }))
        {
            writer.WriteStartElement("lexicon", Namespace);
            writer.WriteAttributeString("version", "1.0");
            writer.WriteAttributeString("alphabet", Ipa);
            writer.WriteAttributeString("xml", "lang", null, language);
            foreach (var entry in entries)
            {
                Write(writer, entry);
            }

            writer.WriteEndElement();
        }

        return document.ToString();
    }

    private static void Write(XmlWriter writer, LexiconEntry entry)
    {
        writer.WriteStartElement("lexeme", Namespace);
        writer.WriteElementString("grapheme", Namespace, entry.Text);
        writer.WriteStartElement(entry.Phonemes is null ? "alias" : "phoneme", Namespace);
        if (entry is { Phonemes: not null, Alphabet: PhonemeAlphabet.XSampa })
        {
            writer.WriteAttributeString("alphabet", XSampaName);
        }

        writer.WriteString(entry.Phonemes ?? entry.Spoken);
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private string? ReadDocument()
    {
        _reader.MoveToContent();
        if (_reader.LocalName != "lexicon" || _reader.NamespaceURI != Namespace)
        {
            throw Wrong($"The document must be an element 'lexicon' of the namespace {Namespace}");
        }

        var language = _reader.XmlLang is { Length: > 0 } lang ? lang : null;
        _alphabet = Alphabet(Ipa);
        Children(() =>
        {
            if (_reader is { LocalName: "lexeme", NamespaceURI: Namespace })
            {
                ReadLexeme();
            }
            else
            {
                _reader.Skip();
            }
        });
        return language;
    }

    private void ReadLexeme()
    {
        var place = Place();
        var graphemes = new List<string>();
        LexiconEntry? said = null;
        var preferred = false;
        Children(() =>
        {
            var kind = _reader.NamespaceURI == Namespace ? _reader.LocalName : "";
            if (kind is not ("grapheme" or "phoneme" or "alias"))
            {
                _reader.Skip();
                return;
            }

            var prefers = kind != "grapheme" && _reader.GetAttribute("prefer") is "true" or "1";
            var alphabet = kind == "phoneme" && Alphabet(_alphabet) == XSampaName ? PhonemeAlphabet.XSampa : PhonemeAlphabet.Ipa;
            var content = _reader.ReadElementContentAsString().Trim();
            if (kind == "grapheme")
            {
                graphemes.Add(content);
            }
            else if (said is null || (prefers && !preferred))
            {
                said = kind == "alias" ? new LexiconEntry("", content, CaseSensitive: true) : new LexiconEntry("", null, content, alphabet, CaseSensitive: true);
                preferred = prefers;
            }
        });
        if (graphemes.Count == 0 || said is null)
        {
            throw Wrong("A lexeme needs a grapheme, and a phoneme or an alias", place);
        }

        _entries.AddRange(graphemes.Select(g => said with { Text = g }));
        if (_entries.Count > _maxEntries)
        {
            throw Wrong(string.Create(CultureInfo.InvariantCulture, $"A lexicon may have {_maxEntries:N0} graphemes, and this one has more"), place);
        }
    }

    /// <summary>Calls <paramref name="read"/> on each child element; it must move behind the element.</summary>
    private void Children(Action read)
    {
        if (_reader.IsEmptyElement)
        {
            _reader.Read();
            return;
        }

        _reader.Read();
        while (_reader.NodeType != XmlNodeType.EndElement)
        {
            if (_reader.NodeType == XmlNodeType.Element)
            {
                read();
            }
            else if (!_reader.Read())
            {
                return;
            }
        }

        _reader.Read();
    }

    private string Alphabet(string otherwise) => _reader.GetAttribute("alphabet") is not { } alphabet ? otherwise
        : alphabet.ToLowerInvariant() is (Ipa or XSampaName) and var known ? known
        : throw Wrong($"The alphabet must be {Ipa} or {XSampaName}");

    private (int Line, int Column) Place() => ((IXmlLineInfo)_reader) is var info ? (info.LineNumber, info.LinePosition) : default;

    private LexiconFormatException Wrong(string sentence) => Wrong(sentence, Place());

    private static LexiconFormatException Wrong(string sentence, (int Line, int Column) place) => new($"{sentence}, at line {place.Line}, column {place.Column}.");

    private sealed class Utf8Writer(StringBuilder text) : StringWriter(text, CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
