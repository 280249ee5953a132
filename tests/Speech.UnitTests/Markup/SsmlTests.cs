using Dictation.Speech.Markup;

namespace Dictation.Speech.UnitTests.Markup;

public class SsmlTests
{
    [TestCase("\uFEFF<speak>Hei</speak>", "Hei")]
    [TestCase("\r\n  <!-- alku --> <speak>Hei</speak>\n", "Hei")]
    [TestCase("\uFEFF<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- a -->\n<speak version=\"1.1\">Hei</speak>", "Hei")]
    [TestCase("<?xml version='1.0'?><?xml-stylesheet href='x'?><speak>Hei</speak><!-- loppu -->", "Hei")]
    [TestCase("<!DOCTYPE speak><speak>Hei</speak>", "Hei")]
    [TestCase("<?xml version=\"1.0\"?><!DOCTYPE speak PUBLIC \"-//W3C//DTD SYNTHESIS 1.0//EN\" \"http://www.w3.org/TR/speech-synthesis/synthesis.dtd\"><speak>Hei</speak>", "Hei")]
    [TestCase("<!DOCTYPE speak [<!ELEMENT speak ANY>]><speak>Hei</speak>", "Hei")]
    [TestCase("<ssml:speak xmlns:ssml=\"http://www.w3.org/2001/10/synthesis\"><ssml:s>Hei</ssml:s><ssml:s>taas</ssml:s></ssml:speak>", "Hei/taas")]
    [TestCase("<speak>Hei <![CDATA[a < b & c]]><?php x ?><!-- ei --> loppu</speak>", "Hei a < b & c loppu")]
    [TestCase("<speak onlangmarkfailure='x' xml:base='http://a/' xsi:schemaLocation='a b' foo='bar'><p id='1' data-x='y'>Hei</p></speak>", "Hei")]
    [TestCase("<speak>Ennen<mark name='kohta'/> jälkeen</speak>", "Ennen jälkeen")]
    [TestCase("<speak><audio src='http://a/b.wav'><desc>ääni</desc>Kissa naukuu</audio></speak>", "Kissa naukuu")]
    [TestCase("<speak><metadata><rdf:RDF>ei tätä</rdf:RDF></metadata><meta name='a' content='b'/>Hei</speak>", "Hei")]
    [TestCase("<speak><lexicon uri='x' xml:id='y'/><lookup ref='y'>Hei</lookup></speak>", "Hei")]
    [TestCase("<speak>Hän <w role='amazon:VB'>luki</w> <token>kirjan</token></speak>", "Hän luki kirjan")]
    [TestCase("<speak><say-as interpret-as='date' format='dmy'>24.12.2026</say-as></speak>", "24.12.2026")]
    [TestCase("<speak><say-as interpret-as='date' format='mdy'>24/12/2026</say-as></speak>", "24/12/2026")]
    [TestCase("<speak>Sano <say-as interpret-as='expletive'>kirous</say-as>nyt</speak>", "Sano <0.5>nyt")]
    [TestCase("<speak><sentence>a</sentence><paragraph>b</paragraph></speak>", "a¶b")]
    [TestCase("<speak><speak>Hei</speak></speak>", "Hei")]
    [TestCase("<speak xmlns='urn:other'>Hei</speak>", "Hei")]
    public void Parse_Document_SaysItsContent(string ssml, string said) => Assert.That(ScriptText.Show(ssml, InputFormat.Auto), Is.EqualTo(said));

    [TestCase("<speak><sub alias='World Wide Web Consortium'>W3C</sub> päättää</speak>", "World Wide Web Consortium päättää", "W3C")]
    [TestCase("<speak><sub alias='eli &amp; taas'><mark name='x'/>ym.</sub></speak>", "eli & taas", "<mark name='x'/>ym.")]
    [TestCase("<speak><say-as interpret-as='date' format='mdy'>10/11/2012</say-as></speak>", "2012-10-11", "10/11/2012")]
    [TestCase("<speak><say-as interpret-as='date' format='dd-mm-yy'>3-11-99</say-as></speak>", "1999-11-03", "3-11-99")]
    [TestCase("<speak>a <sub alias='bee'/></speak>", "a bee", "<sub alias='bee'/>")]
    public void Parse_WhatIsSaidInAnotherWording_PointsAtTheContent(string ssml, string said, string content)
    {
        var part = SpeechScript.Parse(ssml).Parts.Single();
        var alias = part.Text.IndexOf(part.Text.StartsWith("a ", StringComparison.Ordinal) ? 'b' : part.Text[0], StringComparison.Ordinal);

        Assert.That(part.Text, Is.EqualTo(said));
        Assert.That(ssml[part.Offsets[alias]..part.Ends[alias]], Is.EqualTo(content));
    }

    [TestCase("<emphasis level='strong'>a</emphasis>", "emphasis")]
    [TestCase("<emphasis level='none'>a</emphasis>", "")]
    [TestCase("<voice name='fi-FI-NooraNeural'>a</voice>", "voice")]
    [TestCase("<lang xml:lang='sv-SE'>a</lang>", "lang")]
    [TestCase("<audio src='a.mp3'>a</audio>", "audio")]
    [TestCase("<prosody pitch='+2st' rate='90%' volume='loud'>a</prosody>", "prosody pitch,prosody volume")]
    [TestCase("<prosody rate='quick'>a</prosody>", "prosody rate")]
    [TestCase("<prosody rate='NaN'>a</prosody>", "prosody rate")]
    [TestCase("<prosody>a</prosody>", "")]
    [TestCase("<mstts:express-as style='cheerful'>a</mstts:express-as>", "mstts:express-as")]
    [TestCase("<amazon:effect name='whispered'>a</amazon:effect><amazon:domain name='news'>b</amazon:domain>", "amazon:effect,amazon:domain")]
    [TestCase("<google:style name='lively'>a</google:style>", "google:style")]
    [TestCase("<par><media><speak>a</speak></media></par>", "par,media,speak")]
    [TestCase("<say-as interpret-as='interjection'>a</say-as>", "say-as")]
    [TestCase("<say-as>a</say-as>", "say-as")]
    [TestCase("<sub>a</sub>", "sub")]
    [TestCase("<break time='20s'/>a", "break time")]
    [TestCase("<break time='soon'/>a", "break time")]
    [TestCase("<break strength='huge'/>a", "break strength")]
    [TestCase("<p xml:lang='sv-SE'>a</p>", "p xml:lang")]
    [TestCase("<s xml:lang='fi-FI'>a</s>", "")]
    [TestCase("<phoneme alphabet='x-amazon-pinyin' ph='bao2'>a</phoneme>", "phoneme")]
    [TestCase("<phoneme>a</phoneme>", "phoneme")]
    [TestCase("<unknown>a</unknown>", "unknown")]
    public void Parse_WhatIsNotActedOn_IsNamedAndItsContentSaid(string inner, string named)
    {
        var ssml = $"<speak xml:lang='fi-FI'>{inner}</speak>";

        var script = SpeechScript.Parse(ssml);

        Assert.Multiple(() =>
        {
            Assert.That(string.Join(',', script.Unhonoured.Select(u => u.Element)), Is.EqualTo(named));
            Assert.That(script.Parts[0].Text, Does.StartWith("a"));
            ScriptText.AssertIsSound(ssml, script);
        });
    }

    [Test]
    public void Parse_WhatIsNotActedOn_IsNamedWhereItsStartTagStands()
    {
        const string Text = "<speak>\r\nHei <emphasis level=\"a>b\"\n >taas</emphasis></speak>";

        var element = SpeechScript.Parse(Text).Unhonoured.Single();

        Assert.That(Text.Substring(element.Start, element.Length), Is.EqualTo("<emphasis level=\"a>b\"\n >"));
    }

    [TestCase("time='1.5s'", 1.5)]
    [TestCase("time='250MS'", 0.25)]
    [TestCase("time='20s'", SpeechScript.MaxPause)]
    [TestCase("time='2s' strength='weak'", 2)]
    [TestCase("strength='x-strong'", 1.2)]
    [TestCase("strength='none'", 0)]
    [TestCase("", 0.35)]
    public void Parse_Break_IsAPause(string attributes, double seconds) =>
        Assert.That(SpeechScript.Parse($"<speak>a<break {attributes}/>b</speak>").Parts[1].Pause, Is.EqualTo(seconds));

    [TestCase("80%", 0.8)]
    [TestCase("+10%", 1.1)]
    [TestCase("-20.00%", 0.8)]
    [TestCase("1.2", 1.2)]
    [TestCase("Slow", 0.75)]
    [TestCase("900%", SpeechScript.MaxRate)]
    [TestCase("1%", SpeechScript.MinRate)]
    [TestCase("-80%", SpeechScript.MinRate)]
    public void Parse_Rate_IsWithinTheRange(string rate, double factor) =>
        Assert.That(SpeechScript.Parse($"<speak><prosody rate='{rate}'>a</prosody></speak>").Parts[0].Rate, Is.EqualTo(factor).Within(1e-9));

    [TestCase("characters", SayAs.Characters)]
    [TestCase("spell-out", SayAs.Characters)]
    [TestCase("letters", SayAs.Characters)]
    [TestCase("verbatim", SayAs.Characters)]
    [TestCase("digits", SayAs.Digits)]
    [TestCase("number_digit", SayAs.Digits)]
    [TestCase("Ordinal", SayAs.Ordinal)]
    [TestCase("cardinal", SayAs.Text)]
    [TestCase("number", SayAs.Text)]
    [TestCase("fraction", SayAs.Text)]
    [TestCase("unit", SayAs.Text)]
    [TestCase("time", SayAs.Text)]
    [TestCase("telephone", SayAs.Text)]
    [TestCase("address", SayAs.Text)]
    [TestCase("currency", SayAs.Text)]
    [TestCase("name", SayAs.Text)]
    [TestCase("date' format='dmy", SayAs.Text)]
    [TestCase("number' format='digits", SayAs.Digits)]
    public void Parse_SayAs_IsAKind(string kind, SayAs sayAs)
    {
        var script = SpeechScript.Parse($"<speak><say-as interpret-as='{kind}'>3</say-as></speak>");

        Assert.That((script.Parts[0].SayAs, script.Unhonoured.Count), Is.EqualTo((sayAs, 0)));
    }

    [TestCase("alphabet='ipa' ph='təˈmeɪtoʊ'", "təˈmeɪtoʊ")]
    [TestCase("ph='pɪˈkɑːn'", "pɪˈkɑːn")]
    [TestCase("alphabet='x-sampa' ph='pI&quot;kA:n'", "pɪˈkɑːn")]
    [TestCase("alphabet='x-sampa' ph='t@&quot;meI_^toU'", "təˈmeɪ̯toʊ")]
    [TestCase("alphabet='x-sampa' ph='r\\`{s`p_hN='", "ɻæʂpʰŋ̩")]
    [TestCase("alphabet='x-sampa' ph='&quot;hy2.t_j9'", "ˈhyø.tʲœ")]
    public void Parse_Phoneme_CarriesItsSoundsAndItsContent(string attributes, string ipa)
    {
        var ssml = $"<speak>Sano <phoneme {attributes}>pe<mark name='a'/>can</phoneme> nyt</speak>";

        var script = SpeechScript.Parse(ssml);

        Assert.Multiple(() =>
        {
            Assert.That(script.Parts.Select(p => p.Text), Is.EqualTo(new[] { "Sano ", "pecan", " nyt" }));
            Assert.That(script.Parts.Select(p => p.Phonemes?.Ipa), Is.EqualTo(new[] { null, ipa, null }));
            Assert.That(script.Parts[1].Phonemes!.Element.Start, Is.EqualTo(ssml.IndexOf("<phoneme", StringComparison.Ordinal)));
            Assert.That(script.Unhonoured, Is.Empty);
        });
    }

    [Test]
    public void Parse_PhonemeWithoutContent_IsAPartOfItsOwn()
    {
        const string Text = "<speak><phoneme alphabet='ipa' ph='həˈloʊ'/></speak>";

        var part = SpeechScript.Parse(Text).Parts.Single();

        Assert.That((part.Text, part.Phonemes?.Ipa, Text[part.Offsets[0]..part.Ends[0]]), Is.EqualTo((" ", "həˈloʊ", "<phoneme alphabet='ipa' ph='həˈloʊ'/>")));
    }

    [TestCase("<speak>a & b</speak>", "line 1, column 1")]
    [TestCase("<speak>\n<p>a</s></speak>", "line 2, column 7")]
    [TestCase("\uFEFF\r\n<!-- a\n -->\n<speak>\n ääni < 5</speak>", "line 5, column 8")]
    [TestCase("<speak>a", "line 1")]
    [TestCase("<speak>\n&nbsp;</speak>", "line 2, column 2")]
    [TestCase("<speak>a</speak>\n<speak>b</speak>", "line 2")]
    [TestCase("<speak a='1' a='2'>a</speak>", "line 1")]
    [TestCase("<speak", "line 1")]
    [TestCase("<speak>&#0;</speak>", "line 1")]
    public void Parse_BrokenXml_SaysWhere(string ssml, string place) =>
        Assert.That(() => SpeechScript.Parse(ssml), Throws.TypeOf<SpeechMarkupException>().With.Message.Contains(place).And.Message.Contains("well-formed"));

    [TestCase("Hei", "other text")]
    [TestCase("", "other text")]
    [TestCase("\n <p>Hei</p>", "'p' stands at line 2, column 2")]
    public void Parse_AsSsml_NeedsItsRoot(string text, string hint) =>
        Assert.That(() => SpeechScript.Parse(text, InputFormat.Ssml), Throws.TypeOf<SpeechMarkupException>().With.Message.Contains(hint));

    [TestCase("<!DOCTYPE speak [<!ENTITY a 'b'>]><speak>&a;</speak>")]
    [TestCase("<?xml version='1.0'?>\n<!DOCTYPE speak SYSTEM \"x.dtd\" [ <!-- > --> <!ENTITY % a SYSTEM 'file:///etc/passwd'> ]><speak>a</speak>")]
    public void Parse_EntityDefinitions_AreRefused(string ssml) =>
        Assert.That(() => SpeechScript.Parse(ssml), Throws.TypeOf<SpeechMarkupException>().With.Message.Contains("DOCTYPE"));
}
