using System.Diagnostics;
using System.Globalization;
using Dictation.Speech.Markup;
using FsCheck;
using FsCheck.Fluent;

namespace Dictation.Speech.UnitTests.Markup;

/// <summary>What holds of every text in every format. A failing run prints its seed and the text.</summary>
public sealed class MarkupPropertyTests
{
    private static readonly string[] Pieces =
    [
        "<speak>", "</speak>", "<p>", "</p>", "<s>", "</s>", "<break/>", "<break time='1ms'/>", "<sub alias='a b'>", "</sub>", "<phoneme ph='a'>", "</phoneme>",
        "<prosody rate='2'>", "</prosody>", "<x:y z='1'>", "</x:y>", "&amp;", "&#x1F600;", "&#228;", "&auml;", "&", "<", ">", "<b>", "</b>", "<br>", "<td>", "<tr>",
        "<img alt='kuva &amp;'>", "<script>", "</script>", "<svg>", "</svg>", "[pause:1ms]", "[", "]", "](https://a)", "(", ")", "![", "**", "*", "_", "~~", "`", "```\n", "# ",
        "- ", "1. ", "> ", "| a | b |\n", "|---|---|\n", "---\n", "\\", "{{c1::", "::", "}}", "[[", "]]", "[^1]", "[a]: b\n", "\n", "\n\n", "\r\n", "\r", " ", "\t", "a", "Sana",
        "ä", "5", "😀", "\uD800", "\uDC00", "\0", "\uFEFF", "\uFFFE", "\u00AD", "<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE ", "<?xml ", "?>", "\"", "'", "=",
        "WEBVTT", "00:00:01,000 --> 00:00:03,000\n", "{\\an8}", "<v Anna>", "1\n",
    ];

    private static readonly Gen<string> Markup =
        from first in Gen.Elements("", "", "<speak>", "<p>", "1\n00:00:01,000 --> 00:00:03,000\n", "---\na: b\n")
        from pieces in Gen.ArrayOf(Gen.Elements(Pieces))
        select first + string.Concat(pieces);

    /// <summary>Every category of Unicode as often as any other.</summary>
    private static readonly Gen<string> Categories =
        from units in Gen.ArrayOf(Gen.OneOf(
            Enumerable.Range(0, 0x10000).GroupBy(c => CharUnicodeInfo.GetUnicodeCategory((char)c)).Select(g => Gen.Elements(g.Select(c => (char)c).ToArray()))))
        select new string(units);

    [Test]
    public void Parse_MarkupInAnyOrder_GivesASoundScriptOrASentence() => ForAll(Markup, 4000);

    [Test]
    public void Parse_UnicodeOfAnyCategory_GivesASoundScriptOrASentence() => ForAll(Categories, 1000);

    /// <summary>The longer text may take 100 times as long. Times are compared with much room, since a machine may be busy; quadratic work takes 100 times more.</summary>
    [TestCase("(")]
    [TestCase("<")]
    [TestCase("&")]
    [TestCase("[")]
    [TestCase("]")]
    [TestCase("*")]
    [TestCase("*a")]
    [TestCase("**a ")]
    [TestCase("_a")]
    [TestCase("`")]
    [TestCase("` `` ``` ")]
    [TestCase("{{c1::")]
    [TestCase("{{c1::a::")]
    [TestCase("<b")]
    [TestCase("<b ")]
    [TestCase("<b a=\"")]
    [TestCase("<b a=\"<i a='")]
    [TestCase("<b>")]
    [TestCase("<!--")]
    [TestCase("<svg></svgx>")]
    [TestCase("[a](")]
    [TestCase("[a](b \"")]
    [TestCase("[a]: ")]
    [TestCase("[[a")]
    [TestCase("> ")]
    [TestCase(">\n")]
    [TestCase("- ")]
    [TestCase("```\n")]
    [TestCase("# \n")]
    [TestCase("|")]
    [TestCase("|-|\n")]
    [TestCase("a|b\n---|---\n")]
    [TestCase("1\n00:00:01,000 --> 00:00:02,000\n")]
    [TestCase("-->\n")]
    [TestCase("\\")]
    [TestCase("&#1")]
    [TestCase("\r")]
    [TestCase("\u0301")]
    public void Parse_OneHundredTimesTheText_TakesTimeInProportion(string piece)
    {
        foreach (var format in Enum.GetValues<InputFormat>())
        {
            // The work of 1,000 characters is measured 100 times over.
            var (small, large) = (Repeated(piece, 1000), Repeated(piece, 100_000));
            var (least, most) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
            for (var round = 0; round < 3 && !IsLinear(); round++)
            {
                least = Min(least, Measure(small, format, 100));
                most = Min(most, Measure(large, format, 1));
            }

            Assert.That(IsLinear(), $"{format}: 100,000 characters took {most}, 100 times 1,000 characters took {least}.");

            bool IsLinear() => most < TimeSpan.MaxValue && most < TimeSpan.FromMilliseconds(100) + 8 * least;
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static string Repeated(string piece, int length) => string.Concat(Enumerable.Repeat(piece, length / piece.Length + 1))[..length];

    private static TimeSpan Measure(string text, InputFormat format, int times)
    {
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            try
            {
                SpeechScript.Parse(text, format);
            }
            catch (SpeechMarkupException) when (format is InputFormat.Ssml or InputFormat.Auto)
            {
                // Not well-formed.
            }
        }

        return Stopwatch.GetElapsedTime(started);
    }

    private static void ForAll(Gen<string> texts, int inputs) => Prop.ForAll(texts.ToArbitrary(), IsSound).Check(Seed.Config(inputs));

    private static bool IsSound(string text)
    {
        foreach (var format in Enum.GetValues<InputFormat>())
        {
            try
            {
                var script = SpeechScript.Parse(text, format);
                ScriptText.AssertIsSound(text, script);
                Assert.That(!script.HasMarkup || SpeechScript.MayHaveMarkup(text) || format is not InputFormat.Auto, text);
            }
            catch (SpeechMarkupException e)
            {
                Assert.That(e.Message, Does.EndWith("."));
                Assert.That(format == InputFormat.Ssml || Ssml(text) || text.Contains("[pause:", StringComparison.OrdinalIgnoreCase), text);
            }
        }

        return true;

        static bool Ssml(string text) => SpeechScript.HasSpeechMarkup(text);
    }
}
