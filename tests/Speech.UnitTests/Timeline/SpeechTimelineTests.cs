using System.Text;
using Dictation.Domain;
using Dictation.Domain.Tts;
using Dictation.Speech.Audio;
using Dictation.Speech.Markup;
using Dictation.Speech.Timeline;
using FsCheck;
using FsCheck.Fluent;

namespace Dictation.Speech.UnitTests.Timeline;

public sealed class SpeechTimelineTests
{
    private const int SampleRate = 1000;

    [TestCase("Tom &euro; <b>Jerry</b> &auml;iti", InputFormat.Auto, "Tom|&euro;|Jerry|&auml;iti")]
    [TestCase("a &amp;amp; b", InputFormat.Auto, "a|amp|b")]
    [TestCase("K&#228;si&#x1F600; loppu", InputFormat.Auto, "K&#228;si&#x1F600;|loppu")]
    [TestCase("Tom & Jerry; loppu", InputFormat.Auto, "Tom|Jerry|loppu")]
    [TestCase("[linkki tänne](https://example.com) **lihava**, {{c1::Helsinki::vihje}}", InputFormat.Auto, "linkki|tänne|lihava|Helsinki")]
    [TestCase("<speak><sub alias='World Wide Web'>W3C</sub> ja 😀 muut</speak>", InputFormat.Auto, "W3C|ja|😀|muut")]
    [TestCase("<speak>Hei<![CDATA[ a &amp; b]]></speak>", InputFormat.Auto, "Hei|a|amp|b")]
    [TestCase("<td>yksi</td><td>kaksi</td>", InputFormat.Html, "yksi|kaksi")]
    [TestCase("1\n00:00:01,000 --> 00:00:02,000\n<i>Hei</i> taas", InputFormat.Subtitles, "Hei|taas")]
    public void Words_OfMarkup_PointAtWhatIsWritten(string text, InputFormat format, string words) =>
        Assert.That(string.Join('|', Spoken(text, format).Words.Select(w => Slice(text, w.Text))), Is.EqualTo(words));

    /// <summary>Words between markup of every kind, each of which must be found again in the text.</summary>
    [Test]
    public void Words_BetweenAnyMarkup_AreTheWordsOfTheText()
    {
        string[] between = [" ", "\n", " <br> ", "</p><p>", " **", "** ", " &nbsp;", " [pause:1ms]", "\n\n- ", "\n# ", " <!-- x --> ", " {{c1::", "}} ", " 😀 ", " &amp; "];
        var texts = from pieces in Gen.ArrayOf(Gen.Elements(between).Zip(Gen.Elements("kissa", "äiti", "talo&#228;", "x😀y"))) select pieces;
        Prop.ForAll(texts.ToArbitrary(), pieces =>
        {
            var text = string.Concat(pieces.Select(p => p.Item1 + p.Item2));
            foreach (var format in new[] { InputFormat.Auto, InputFormat.Html, InputFormat.Markdown })
            {
                var timings = Spoken(text, format);
                var said = string.Join(' ', timings.Words.Select(w => Slice(text, w.Text)));
                Assert.That(pieces.All(p => said.Contains(p.Item2, StringComparison.Ordinal)), $"{format}: {text} gave {said}");
                Assert.That(timings.Words.Select(w => w.Text.Start), Is.Ordered);
                Assert.That(timings.Sentences.All(s => s.Text.Start <= s.Text.End));
            }
        }).Check(Seed.Config(500));
    }

    private static SpeechTimings Spoken(string text, InputFormat format)
    {
        var script = SpeechScript.Parse(text, format);
        var timeline = new SpeechTimeline(text, script, SampleRate);
        var at = 0L;
        foreach (var part in script.Parts.Where(p => p.Text.Length > 0))
        {
            timeline.Add(part.Text, i => part.Offsets[i], null, new JoinedSegment(at, 0, SampleRate));
            timeline.EndSentence();
            at += SampleRate;
        }

        return timeline.Build();
    }

    private static string Slice(string text, TextSpan span) =>
        string.Concat(text.EnumerateRunes().Skip(span.Start).Take(span.End - span.Start).Select((Rune r) => r.ToString()));
}
