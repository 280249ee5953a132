using Dictation.Speech.Markup;

namespace Dictation.Speech.UnitTests.Markup;

public class SubtitlesTests
{
    [TestCase("1\n00:00:01,000 --> 00:00:03,000\nHei, mitä\nkuuluu?\n\n2\n00:00:03,500 --> 00:00:05,000\n<i>Hyvää.</i>\n", "Hei, mitä\nkuuluu?\nHyvää.")]
    [TestCase("\uFEFF1\r\n00:00:01,000 --> 00:00:03,000\r\n{\\an8}Hei &amp; moi\r\n\r\n2\r\n00:00:04,000 --> 00:00:05,000\r\n1984\r\n", "Hei & moi\n1984")]
    [TestCase("WEBVTT - Otsikko\nKind: captions\n\nNOTE Tämä\nei kuulu\n\nSTYLE\n::cue { color: red }\n\nalku\n00:01.000 --> 00:03.000 align:start position:10%\n<v Anna>Hei</v> <c.iso>taas</c> <00:00:02.000>nyt\n", "Hei taas nyt")]
    [TestCase("1\n00:00:01,000 --> 00:00:02,000\nYksi\n2\n00:00:02,000 --> 00:00:03,000\nKaksi", "Yksi\nKaksi")]
    [TestCase("00:00:01.000 --> 00:00:02.000\n<font color=\"#fff\">Hei</font> {y}", "Hei {y}")]
    public void Parse_Subtitles_SayTheTextsOfTheirCues(string subtitles, string said)
    {
        Assert.Multiple(() =>
        {
            Assert.That(ScriptText.Show(subtitles, InputFormat.Auto), Is.EqualTo(said));
            Assert.That(ScriptText.Show(subtitles, InputFormat.Subtitles), Is.EqualTo(said));
        });
        ScriptText.AssertIsSound(subtitles, SpeechScript.Parse(subtitles));
    }

    [TestCase("Nuoli --> oikealle")]
    [TestCase("WEBVTT on muoto")]
    [TestCase("Tiedostossa on rivi\n00:00:01,000 --> 00:00:03,000\njoka kertoo ajan")]
    public void Parse_TextWithoutLinesOfTimes_IsPlain(string text) => Assert.That(ScriptText.Show(text, InputFormat.Auto), Is.EqualTo(text));
}
