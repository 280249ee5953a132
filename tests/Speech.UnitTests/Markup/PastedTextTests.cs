using Dictation.Speech.Markup;

namespace Dictation.Speech.UnitTests.Markup;

public class PastedTextTests
{
    [TestCase("a < b and c > d")]
    [TestCase("a <b and c> d")]
    [TestCase("Rakastan sinua <3 ja <b>")]
    [TestCase("Kirjoita <matti@example.fi> tai <https://example.fi>")]
    [TestCase("List<string> ja Map<i, b>")]
    [TestCase("Kirjoita <input> ja <nimi>")]
    [TestCase("2 * 3 * 4 ja 2**3**4")]
    [TestCase("snake_case ja __init__ ja *.txt")]
    [TestCase("5 # 3, #1 ja C# on")]
    [TestCase("#hashtag alussa")]
    [TestCase("- Yksi rivi vain")]
    [TestCase("[1](2) ja [sic] ja f(x)[0](y)")]
    [TestCase("AT&T, R&D; &foo; ja a && b")]
    [TestCase("it`s don`t")]
    [TestCase("f(**kwargs, **other)")]
    [TestCase("{{muuttuja}} ja {{c::x}} a::b }}")]
    [TestCase("---")]
    [TestCase("> 5 on paljon")]
    [TestCase("sano [[həlˈoʊ]] nyt")]
    [TestCase("yksi | kaksi | kolme")]
    public void Parse_Doubtful_StaysAsItIs(string text)
    {
        Assert.That(ScriptText.Show(text, InputFormat.Auto), Is.EqualTo(text));
        Assert.That(SpeechScript.Parse(text).HasMarkup, Is.False);
    }

    [TestCase("<b>Tärkeä</b>", "Tärkeä")]
    [TestCase("Tom &amp; Jerry &lt;3 &nbsp;&auml;&#228;", "Tom & Jerry <3 \u00A0ää")]
    [TestCase("Pääkaupunki on {{c1::Helsinki}}.", "Pääkaupunki on Helsinki.")]
    [TestCase("Pääkaupunki on {{c1::Helsinki::kaupunki}}<br>{{c2::{{c3::Suomi}}}}", "Pääkaupunki on Helsinki\nSuomi")]
    [TestCase("[linkki](https://example.com/a) ja [posti](mailto:a@b.fi)", "linkki ja posti")]
    [TestCase("Tämä on **tärkeä** ja **Nokia**n `koodi()`.", "Tämä on tärkeä ja Nokian koodi().")]
    [TestCase("# Otsikko\nTeksti", "Otsikko¶Teksti")]
    [TestCase("Ostokset:\n- maito\n- leipä\n\nLoppu", "Ostokset:¶maito¶leipä\n\nLoppu")]
    [TestCase("Ennen\n```\nkoodi\n```\nJälkeen", "Ennen¶koodi¶Jälkeen")]
    [TestCase("| A | B |\n|---|---|\n| 1 | 2<br>3 |", "A, B/1, 2\n3")]
    [TestCase("<p>Yksi</p>\n\n<p>Kaksi <span style=\"color: red\">kolme</span></p>", "Yksi¶Kaksi kolme")]
    [TestCase("<div>Anki</div><div><br></div><img src=\"a.jpg\">", "Anki")]
    [TestCase("<html><body>\n <p>Hei\n vaan</p></body></html>", "Hei vaan")]
    [TestCase("Hei <!-- ei --> vaan", "Hei  vaan")]
    [TestCase("MS <o:p>Word</o:p>", "MS Word")]
    [TestCase("Hei.[pause:1s]Moi **taas**", "Hei.<1>Moi taas")]
    public void Parse_BeyondDoubt_IsRead(string text, string said)
    {
        Assert.That(ScriptText.Show(text, InputFormat.Auto), Is.EqualTo(said));
        Assert.That(SpeechScript.Parse(text).HasMarkup);
        ScriptText.AssertIsSound(text, SpeechScript.Parse(text));
    }

    [TestCase("<b>Hei</b> &amp; **moi** {{c1::x}} <speak>a</speak>")]
    [TestCase("# Otsikko\n- a\n- b")]
    public void Parse_AsPlain_IsAllSaid(string text) => Assert.That(ScriptText.Show(text, InputFormat.Plain), Is.EqualTo(text));

    [TestCase("<b>Tärkeä</b>", false)]
    [TestCase("**a** &amp; {{c1::b}}", false)]
    [TestCase("a [pause:1s] b", true)]
    [TestCase("\uFEFF<speak>a</speak>", true)]
    public void HasSpeechMarkup_IsTrueOfMarkupForAVoice(string text, bool has) => Assert.That(SpeechScript.HasSpeechMarkup(text), Is.EqualTo(has));
}
