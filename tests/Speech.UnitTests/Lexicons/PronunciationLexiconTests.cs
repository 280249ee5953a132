using System.Text;
using Dictation.Speech.Lexicons;

namespace Dictation.Speech.UnitTests.Lexicons;

public sealed class PronunciationLexiconTests
{
    private const string Start = """<?xml version="1.0" encoding="UTF-8"?><lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en-GB">""";

    [Test]
    public void Read_TheKindsOfTheSpecification_AreEntries()
    {
        var (language, entries) = Read(Start + """
              <!-- a comment -->
              <meta name="author" content="x"/><metadata><x:y xmlns:x="urn:x"><x:z>1</x:z></x:y></metadata>
              <lexeme role="noun"><grapheme>centre</grapheme><grapheme>center</grapheme><phoneme>ˈsɛntə</phoneme><example>at the centre</example></lexeme>
              <lexeme><grapheme>W3C</grapheme><alias>World Wide Web Consortium</alias></lexeme>
              <lexeme><grapheme>tomato</grapheme><phoneme>təˈmɑːtəʊ</phoneme><phoneme prefer="true" alphabet="x-sampa">t@"meIt@U</phoneme></lexeme>
              <lexeme><grapheme>AT&amp;T</grapheme><alias> A T and T </alias></lexeme>
            </lexicon>
            """);
        Assert.That(language, Is.EqualTo("en-GB"));
        Assert.That(entries, Is.EqualTo(new LexiconEntry[]
        {
            new("centre", null, "ˈsɛntə", CaseSensitive: true),
            new("center", null, "ˈsɛntə", CaseSensitive: true),
            new("W3C", "World Wide Web Consortium", CaseSensitive: true),
            new("tomato", null, "t@\"meIt@U", PhonemeAlphabet.XSampa, CaseSensitive: true),
            new("AT&T", "A T and T", CaseSensitive: true),
        }));
    }

    [Test]
    public void Write_Entries_AreReadAgain()
    {
        LexiconEntry[] entries =
            [new("a < b & c", "x", CaseSensitive: true), new("salsa", null, "ˈsɑlsɑ", CaseSensitive: true), new("tapas", null, "\"tApAs", PhonemeAlphabet.XSampa, CaseSensitive: true)];
        var (language, read) = Read(PronunciationLexicon.Write("fi", entries));
        Assert.That(language, Is.EqualTo("fi"));
        Assert.That(read, Is.EqualTo(entries));
    }

    [TestCase("", "line")]
    [TestCase("<lexicon/>", "line 1, column 2")]
    [TestCase(Start + "\n<lexeme><grapheme>a</grapheme></lexeme></lexicon>", "line 2, column 2")]
    [TestCase(Start + "\n<lexeme><alias>a</alias></lexeme></lexicon>", "line 2, column 2")]
    [TestCase(Start + "<lexeme>\n  <grapheme>a</lexeme></lexicon>", "line 2, column 16")]
    [TestCase(Start + "\n <lexeme><grapheme>a</grapheme><phoneme alphabet=\"arpabet\">a</phoneme></lexeme></lexicon>", "alphabet must be ipa or x-sampa, at line 2")]
    [TestCase("<!DOCTYPE lexicon [<!ENTITY a \"aaaa\">]><lexicon/>", "document type")]
    [TestCase(Start + "<lexeme><grapheme>a</grapheme><alias>b</alias></lexeme><lexeme><grapheme>c</grapheme><alias>b</alias></lexeme><lexeme><grapheme>d</grapheme><alias>b</alias></lexeme><lexeme><grapheme>e</grapheme><alias>b</alias></lexeme><lexeme><grapheme>f</grapheme><alias>b</alias></lexeme><lexeme><grapheme>g</grapheme><alias>b</alias></lexeme></lexicon>", "more, at line 1")]
    public void Read_WhatIsNoLexicon_SaysWhere(string document, string sentence) =>
        Assert.That(() => Read(document), Throws.TypeOf<LexiconFormatException>().With.Message.Contains(sentence));

    private static (string? Language, IReadOnlyList<LexiconEntry> Entries) Read(string document) =>
        PronunciationLexicon.Read(new MemoryStream(Encoding.UTF8.GetBytes(document)), 5, 100_000);
}
