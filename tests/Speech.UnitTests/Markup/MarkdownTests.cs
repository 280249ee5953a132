using Dictation.Speech.Markup;

namespace Dictation.Speech.UnitTests.Markup;

public class MarkdownTests
{
    [TestCase("# Otsikko\nTeksti **lihava** ja *kursiivi*.", "Otsikko¶Teksti lihava ja kursiivi.")]
    [TestCase("## Otsikko ##\n\nTeksti", "Otsikko¶Teksti")]
    [TestCase("Otsikko\n=======\nTeksti", "Otsikko¶Teksti")]
    [TestCase("Rivi\ntoinen\n\nKappale", "Rivi\ntoinen\n\nKappale")]
    [TestCase("- Maito\n- [x] Leipä\n  * Voi\n\nLoppu", "Maito¶Leipä¶Voi\n\nLoppu")]
    [TestCase("1. Eka\n2) Toka", "1. Eka¶2) Toka")]
    [TestCase("[linkki](https://example.com/a_(b) \"Otsikko\") ja ![kuva](a.png)", "linkki ja kuva")]
    [TestCase("[![Merkki](a.svg)](https://a/b) [viite][1] [oma] [ei]\n\n[1]: https://example.com\n[oma]: <https://x> 'y'", "Merkki viite oma [ei]")]
    [TestCase("`x = *y*` ja ``a ` b``", "x = *y* ja a ` b")]
    [TestCase("Ennen\n```csharp\nvar x = 1;\n```\nJälkeen", "Ennen¶var x = 1;¶Jälkeen")]
    [TestCase("~~~\n**a**\n", "**a**")]
    [TestCase("> Lainaus\n> jatkuu\n\nLoppu", "Lainaus\njatkuu¶Loppu")]
    [TestCase("| Nimi | Ikä |\n|:-----|----:|\n| Anna | 7 |\n| Esa |  |\n\nLoppu", "Nimi, Ikä/Anna, 7/Esa¶Loppu")]
    [TestCase("Yksi\n\n---\n\n* * *\n\nKaksi", "Yksi¶Kaksi")]
    [TestCase("---\ntitle: Jotain\ntags: [a]\n---\nTeksti", "Teksti")]
    [TestCase("\\*ei\\* 2 * 3 * 4, 2*3*4, snake_case_name ja __init__", "*ei* 2 * 3 * 4, 2*3*4, snake_case_name ja init")]
    [TestCase("_kursiivi_ ***molemmat*** ~~poistettu~~ ~5", "kursiivi molemmat poistettu ~5")]
    [TestCase("**auki *sisä* jäi", "**auki sisä jäi")]
    [TestCase("Teksti[^1] jatkuu.\n\n[^1]: Huomautus", "Teksti jatkuu.¶Huomautus")]
    [TestCase("Hei <b>vaan</b> &amp; <br> <!-- ei --> loppu", "Hei vaan & \n  loppu")]
    [TestCase("<https://example.com> ja <matti@example.fi>", "https://example.com ja matti@example.fi")]
    [TestCase("Hei [pause:1s] {{c1::Moi::vihje}} [[həlˈoʊ]]", "Hei <1> Moi [[həlˈoʊ]]")]
    [TestCase("Loppu\\\ntoinen", "Loppu\ntoinen")]
    [TestCase("**Nokia**n ja **\"lainattu\"**", "Nokian ja \"lainattu\"")]
    public void Parse_Markdown_IsReadAsItIsShown(string markdown, string said)
    {
        Assert.That(ScriptText.Show(markdown, InputFormat.Markdown), Is.EqualTo(said));
        ScriptText.AssertIsSound(markdown, SpeechScript.Parse(markdown, InputFormat.Markdown));
    }
}
