using Dictation.Speech.Markup;

namespace Dictation.Speech.UnitTests.Markup;

public class HtmlTests
{
    [TestCase("<p>Hei <b>vaan</b></p><p>Moi</p>", "Hei vaan¶Moi")]
    [TestCase("<!doctype html><html><head><title>Sivu</title><style>p { x: y }</style></head><body><h1>Otsikko</h1>Teksti</body></html>", "Otsikko¶Teksti")]
    [TestCase("Rivi<br>toinen<br/>kolmas", "Rivi\ntoinen\nkolmas")]
    [TestCase("Rivi\n   toinen\t\r\n kolmas", "Rivi toinen kolmas")]
    [TestCase("<ul>\n  <li>Maito\n  <li>Leipä</ul>", "Maito¶Leipä")]
    [TestCase("<table><tr><th>Nimi</th><th>Ikä</th></tr><tr><td>Anna</td><td>7 v.</td><td>x</td></tr></table>", "Nimi, Ikä/Anna, 7 v. x")]
    [TestCase("Ennen<script>if (a < b) { '</p>' }</script><!-- <b> -->jälkeen", "Ennenjälkeen")]
    [TestCase("Kuva <img src=a.png alt=\"Kissa &amp; koira\">tässä", "Kuva Kissa & koira tässä")]
    [TestCase("Kuva<img alt='' src='x'>.", "Kuva.")]
    [TestCase("K&auml;si &#228;&#xE4; &lt;b&gt; &eacute; &ccaron; &apos;&nbsp;x &#150;", "Käsi ää <b> é č '\u00A0x –")]
    [TestCase("AT&T ja R&D; &foo; &; &#; & x", "AT&T ja R&D; &foo; &; &#; & x")]
    [TestCase("<svg><text>ei</text></svg><template>ei</template><noscript>ei</noscript>kyllä", "kyllä")]
    [TestCase("a < b and c > d, 3<5", "a < b and c > d, 3<5")]
    [TestCase("<p>Auki <b>jäi", "Auki jäi")]
    [TestCase("</div></p>Hei</b>", "Hei")]
    [TestCase("Hei <a href=\"x", "Hei <a href=\"x")]
    [TestCase("<custom-tag x=1>Hei</custom-tag> <o:p></o:p>", "Hei")]
    [TestCase("Hei<p>[pause:2s]Moi</p>", "Hei¶<2>Moi")]
    [TestCase("{{c1::Helsinki::kaupunki}} on <i>{{c2::Suomessa}}</i>", "Helsinki on Suomessa")]
    [TestCase("<pre>a\n b</pre>", "a\n b")]
    [TestCase("5 m<sup>2</sup>, H<sub>2</sub>O", "5 m², H2O")]
    [TestCase("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", "漢")]
    [TestCase("<a href='?a=1&amp;b=2' title=\"a > b\">linkki</a>", "linkki")]
    [TestCase("sano [[həlˈoʊ]] nyt", "sano [[həlˈoʊ]] nyt")]
    public void Parse_Html_IsReadAsABrowserShowsIt(string html, string said)
    {
        Assert.That(ScriptText.Show(html, InputFormat.Html), Is.EqualTo(said));
        ScriptText.AssertIsSound(html, SpeechScript.Parse(html, InputFormat.Html));
    }
}
