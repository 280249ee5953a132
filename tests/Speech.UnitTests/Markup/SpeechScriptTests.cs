using System.Diagnostics;
using System.Text;
using Dictation.Speech.Markup;

namespace Dictation.Speech.UnitTests.Markup;

public class SpeechScriptTests
{
    [TestCase("Hei vaan.")]
    [TestCase("  Hei <b> & muut [pausing: 1] ")]
    [TestCase("<speaker> ei ole merkintää")]
    public void Parse_PlainText_IsOnePartAsItStands(string text)
    {
        var script = SpeechScript.Parse(text);

        Assert.Multiple(() =>
        {
            Assert.That(script.HasMarkup, Is.False);
            Assert.That(script.Parts.Single().Text, Is.EqualTo(text));
            Assert.That(script.Parts.Single().Offsets, Is.EqualTo(Enumerable.Range(0, text.Length)));
        });
    }

    [TestCase("Hei.[pause:1.5s]Moi.", 1.5)]
    [TestCase("Hei. [pause:500ms] Moi.", 0.5)]
    [TestCase("Hei. [PAUSE: 2s ] Moi.", 2)]
    [TestCase("Hei. [pause:.25s][pause:0.25s] Moi.", 0.5)]
    public void Parse_PauseInText_StandsBeforeWhatFollows(string text, double seconds)
    {
        var script = SpeechScript.Parse(text);

        Assert.Multiple(() =>
        {
            Assert.That(Said(script), Is.EqualTo("Hei.|Moi."));
            Assert.That(script.Parts.Select(p => p.Pause), Is.EqualTo(new double?[] { null, seconds }));
            Assert.That(script.HasMarkup);
        });
    }

    [Test]
    public void Parse_PausesAtTheEnds_AreKept()
    {
        var script = SpeechScript.Parse("[pause:1s]Hei.[pause:2s]");

        Assert.That((script.Parts.Single().Pause, script.PauseAfter), Is.EqualTo((1.0, 2.0)));
    }

    [TestCase("[pause:11s]", "character 1")]
    [TestCase("Hei [pause:soon] taas", "character 5")]
    [TestCase("[pause:1.5s", "character 1")]
    [TestCase("[pause:-1s]", "[pause:1.5s]")]
    [TestCase("[pause:1e1s]", "[pause:1.5s]")]
    public void Parse_PauseThatIsNone_SaysHowOneIsWritten(string text, string hint) =>
        Assert.That(() => SpeechScript.Parse(text), Throws.TypeOf<SpeechMarkupException>().With.Message.Contains(hint));

    [Test]
    public void Parse_PausesWithoutEnd_AreRefused() => Assert.That(
        () => SpeechScript.Parse(string.Concat(Enumerable.Repeat("[pause:10s]a", 31))), Throws.TypeOf<SpeechMarkupException>().With.Message.Contains("300 seconds"));

    [Test]
    public void Parse_Ssml_GivesItsPartsInOrder()
    {
        var script = SpeechScript.Parse("""
            <speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="fi-FI">
              <p><s>Yksi</s><s>Kaksi &amp; kolme</s></p>
              <prosody rate="slow">Neljä <break time="750ms"/>viisi</prosody>
              <say-as interpret-as="digits">67</say-as><say-as interpret-as="characters">EU</say-as>
              <break strength="strong"/>
            </speak>
            """);

        Assert.Multiple(() =>
        {
            Assert.That(script.Parts.Select(p => p.Text.Trim()), Is.EqualTo(new[] { "Yksi", "Kaksi & kolme", "Neljä", "viisi", "67", "EU" }));
            Assert.That(script.Parts.Select(p => p.Rate), Is.EqualTo(new[] { 1, 1, 0.75, 0.75, 1, 1 }));
            Assert.That(script.Parts.Select(p => p.SayAs), Is.EqualTo(new[] { SayAs.Text, SayAs.Text, SayAs.Text, SayAs.Text, SayAs.Digits, SayAs.Characters }));
            Assert.That(script.Parts.Select(p => p.Boundary), Is.EqualTo(new[]
            {
                ScriptBoundary.Paragraph, ScriptBoundary.Sentence, ScriptBoundary.Paragraph, ScriptBoundary.None, ScriptBoundary.None, ScriptBoundary.None,
            }));
            Assert.That(script.Parts.Select(p => p.Pause), Is.EqualTo(new double?[] { null, null, null, 0.75, null, null }));
            Assert.That(script.PauseAfter, Is.EqualTo(0.7));
        });
    }

    [TestCase("150%", 1.5)]
    [TestCase("+25%", 1.25)]
    [TestCase("-25%", 0.75)]
    [TestCase("0.8", 0.8)]
    [TestCase("x-slow", 0.5)]
    [TestCase("fast", 1.35)]
    public void Parse_ProsodyRate_IsAFactor(string rate, double factor) =>
        Assert.That(SpeechScript.Parse($"<speak><prosody rate=\"{rate}\">a</prosody></speak>").Parts.Single().Rate, Is.EqualTo(factor).Within(1e-9));

    [Test]
    public void Parse_ProsodyWithinProsody_MultipliesWithinTheRange() =>
        Assert.That(SpeechScript.Parse("<speak><prosody rate=\"0.6\"><prosody rate=\"0.6\">a</prosody></prosody></speak>").Parts.Single().Rate, Is.EqualTo(0.5));

    [TestCase("<speak>a & b</speak>", "line 1")]
    [TestCase("<speak>a", "well-formed")]
    [TestCase("<speak>\n<p>a</s></speak>", "line 2")]
    [TestCase("<speak>a</speak><speak>b</speak>", "well-formed")]
    [TestCase("<?xml version='1.0'?><notspeak>a</notspeak>", "notspeak")]
    [TestCase("<speak>&secret;</speak>", "well-formed")]
    public void Parse_WhatCannotBeRead_SaysWhy(string ssml, string named) =>
        Assert.That(() => SpeechScript.Parse(ssml), Throws.TypeOf<SpeechMarkupException>().With.Message.Contains(named));

    [Test]
    public void Parse_EntityBombAndExternalEntity_AreRefusedUnread()
    {
        const string Bomb = """
            <?xml version="1.0"?><!DOCTYPE speak [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
            <speak>&c;</speak>
            """;
        const string External = """<?xml version="1.0"?><!DOCTYPE speak [<!ENTITY a SYSTEM "file:///etc/passwd">]><speak>&a;</speak>""";

        Assert.Multiple(() =>
        {
            Assert.That(() => SpeechScript.Parse(Bomb), Throws.TypeOf<SpeechMarkupException>().With.Message.Contains("DOCTYPE"));
            Assert.That(() => SpeechScript.Parse(External), Throws.TypeOf<SpeechMarkupException>().With.Message.Contains("DOCTYPE").And.Message.Not.Contains("root:"));
        });
    }

    [Test]
    public void Parse_ElementsWithoutEndInEachOther_AreRefused()
    {
        var deep = "<speak>" + string.Concat(Enumerable.Repeat("<prosody rate='1'>", 500));

        Assert.That(() => SpeechScript.Parse(deep), Throws.TypeOf<SpeechMarkupException>().With.Message.Contains("deep"));
    }

    [Test]
    public void Parse_TheLongestTexts_TakesNoTimeToSpeakOf()
    {
        var started = Stopwatch.GetTimestamp();
        SpeechScript.Parse("<speak>" + string.Concat(Enumerable.Repeat("<s>a</s>", 1200)) + "</speak>");
        SpeechScript.Parse(string.Concat(Enumerable.Repeat("[pause:1ms]", 900)));
        SpeechScript.Parse("<speak>" + string.Concat(Enumerable.Repeat("&amp;", 1900)) + "</speak>");

        Assert.That(Stopwatch.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [TestCase("Hei &amp; moi &#228;&#x1F600; loppu")]
    [TestCase("rivi\r\ntoinen\rkolmas\nneljäs &lt;x&gt;")]
    [TestCase("😀 ja <![CDATA[a & <b>]]> taas")]
    [TestCase("a<!-- vain huomautus -->b <p>c</p>\n  <s>d</s>")]
    public void Parse_Ssml_EveryCharacterKnowsItsPlace(string inner)
    {
        var ssml = $"  <speak>{inner}</speak>";

        foreach (var part in SpeechScript.Parse(ssml).Parts)
        {
            for (var i = 0; i < part.Text.Length; i++)
            {
                var at = part.Offsets[i];
                var source = ssml[at];
                if (source == '&' && ssml[at..].StartsWith("&#x1F600;", StringComparison.Ordinal))
                {
                    Assert.That(part.Text[i], Is.EqualTo(char.IsHighSurrogate(part.Text[i]) ? '\uD83D' : '\uDE00'));
                }
                else if (source == '&' && !IsCData(ssml, at))
                {
                    Assert.That(part.Text[i].ToString(), Is.EqualTo(System.Net.WebUtility.HtmlDecode(ssml[at..(ssml.IndexOf(';', at) + 1)])));
                }
                else
                {
                    Assert.That(part.Text[i], Is.EqualTo(source == '\r' ? '\n' : source), $"at {at}");
                }
            }

            Assert.That(part.Offsets, Is.Ordered);
        }

        static bool IsCData(string text, int at) => text.LastIndexOf("<![CDATA[", at, StringComparison.Ordinal) is var open && open >= 0 && text.IndexOf("]]>", open, StringComparison.Ordinal) > at;
    }

    [Test]
    public void Parse_AnyString_EitherGivesPartsOrASentence()
    {
        var random = Seed.Random(20);
        string[] pieces = ["<speak>", "</speak>", "<p>", "</p>", "<break/>", "&amp;", "&", "<", ">", "[pause:1s]", "[pause:", "]", "a", " ", "\n", "\uD800", "\0", "<![CDATA[", "]]>", "<!--", "-->", "\"", "'", "ä", "<?x?>"];
        for (var round = 0; round < 20_000; round++)
        {
            var text = new StringBuilder(random.Next(2) == 0 ? "<speak>" : "");
            for (var i = random.Next(12); i > 0; i--)
            {
                text.Append(pieces[random.Next(pieces.Length)]);
            }

            try
            {
                Assert.That(SpeechScript.Parse(text.ToString()).Parts, Is.Not.Empty);
            }
            catch (SpeechMarkupException e)
            {
                Assert.That(e.Message, Does.EndWith("."), text.ToString());
            }
        }
    }

    private static string Said(SpeechScript script) => string.Join('|', script.Parts.Select(p => p.Text.Trim()));
}
