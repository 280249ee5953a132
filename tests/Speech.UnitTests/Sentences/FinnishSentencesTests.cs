using Dictation.Speech.Segmentation;

namespace Dictation.Speech.UnitTests.Sentences;

/// <summary>Where Finnish sentences end. Each case is one text, its sentences parted by <c>|</c>, as written.</summary>
[TestFixture]
public sealed class FinnishSentencesTests
{
    private static readonly TextNormalizers Normalizers = new();

    [TestCase("Hän on ent. pääministeri.")]
    [TestCase("Paikalla oli maks. viisi ihmistä.")]
    [TestCase("Mr. Bean tapasi Dr. Schmidtin.")]
    [TestCase("Kissoja, koiria ym. eläimiä näkyi.")]
    [TestCase("Kissoja, koiria ym.| Eläimiä näkyi.")]
    [TestCase("– Tule.| – En tule.")]
    [TestCase("\"Mitä?\" hän kysyi.")]
    [TestCase("”Mitä?” hän kysyi.| ”En tiedä.”| Hän lähti.")]
    [TestCase("Niin... no, katsotaan.")]
    [TestCase("Niin...| No, katsotaan.")]
    [TestCase("Asun 3. kerroksessa.| Hän asuu alla.")]
    [TestCase("Se tapahtui vuonna 2030.| Sitten tuli talvi.")]
    [TestCase("1. Johdanto ja tausta")]
    [TestCase("K. J. Ståhlberg oli presidentti.")]
    [TestCase("Valitse vaihtoehto A.| Sitten jatka.")]
    [TestCase("Tulen 24.12. illalla.| Lähden 27.12.| Se on varma.")]
    [TestCase("Katso osoitteesta www.yle.fi.| Siellä se on.")]
    [TestCase("Huuto kuului: Apua!| Kukaan ei tullut.")]
    [TestCase("Yhtiö (Nokia Oyj.) kertoi asiasta.")]
    [TestCase("Tuo maitoa, leipää jne.| Kiitos!")]
    [TestCase("Kello 14.30 alkaa.| Tule ajoissa.")]
    [TestCase("Mitä?!| Ei voi olla totta!")]
    public void Split_FinnishText_EndsWhereItsSentencesDo(string marked)
    {
        var parts = marked.Split('|');
        var text = string.Concat(parts);
        var spoken = Normalizers.For("fi", voiceReadsDigits: false).Normalize(text);

        var starts = TextSegmenter.Split(spoken, 1000).Select(segment => spoken.SourceOffsets[segment.Start]).ToList();

        var expected = parts.Aggregate((Offsets: new List<int>(), At: 0), (all, part) =>
        {
            all.Offsets.Add(all.At + part.TakeWhile(c => !char.IsLetterOrDigit(c)).Count());
            return (all.Offsets, all.At + part.Length);
        }).Offsets;
        Assert.That(starts, Is.EqualTo(expected));
    }
}
