using Dictation.Speech.Segmentation;

namespace Dictation.Speech.UnitTests.Sentences;

[TestFixture]
public sealed class LineLayoutTests
{
    [TestCase("Tämä on kappale, jonka rivit on katkaistu\nkovilla rivinvaihdoilla, ja se jatkuu vielä\nkolmannellakin rivillä.", "Tämä on kappale, jonka rivit on katkaistu kovilla rivinvaihdoilla, ja se jatkuu vielä kolmannellakin rivillä.")]
    [TestCase("Sana voi olla jaettu rivin lopussa sillä ta-\nvalla, että tavuviiva jää edelliselle riville.", "Sana voi olla jaettu rivin lopussa sillä tavalla, että tavuviiva jää edelliselle riville.")]
    [TestCase("Puhumme kesäajasta ja talviajasta eli kesä-\nja talviajasta joka vuosi uudelleen.", "Puhumme kesäajasta ja talviajasta eli kesä ja talviajasta joka vuosi uudelleen.")]
    [TestCase("Hän asuu nykyään perheensä kanssa Oulussa ja\nHelsingissä hän käy vain harvoin.", "Hän asuu nykyään perheensä kanssa Oulussa ja Helsingissä hän käy vain harvoin.")]
    [TestCase("Tämä on pitkä\nkappale, joka on\nkatkaistu.", "Tämä on pitkä kappale, joka on katkaistu.")]
    [TestCase("Otsikko\nTeksti alkaa tästä ja jatkuu vielä hyvän matkaa eteenpäin.", "Otsikko|Teksti alkaa tästä ja jatkuu vielä hyvän matkaa eteenpäin.")]
    [TestCase("Hei.\nHei taas.", "Hei.|Hei taas.")]
    [TestCase("Otsikko\n\nteksti alkaa", "Otsikko|teksti alkaa")]
    [TestCase("maito\nleipä\nvoi", "maito|leipä|voi")]
    [TestCase("Osta nämä:\n- maito\n- leipä", "Osta nämä:|maito|leipä")]
    [TestCase("• ensimmäinen asia, joka pitää muistaa\n• toinen asia", "ensimmäinen asia, joka pitää muistaa|toinen asia")]
    [TestCase("Ensin tehdään näin ja sitten vielä paljon muuta.\n– Tule tänne!\n– En tule.", "Ensin tehdään näin ja sitten vielä paljon muuta.|Tule tänne!|En tule.")]
    [TestCase("Matti Meikäläinen\nKotikatu 3 B\n33100 Tampere", "Matti Meikäläinen|Kotikatu kolme bee|kolme kolme yksi nolla nolla Tampere")]
    [TestCase("Rivi yksi.\r\nRivi kaksi.", "Rivi yksi.|Rivi kaksi.")]
    [TestCase("sana\u00ADjako on näkymätön ja tämä rivi jat\u00AD\nkuu toisella rivillä.", "sanajako on näkymätön ja tämä rivi jat kuu toisella rivillä.")]
    public void Split_Lines_JoinWhereTheyWereWrapped(string text, string segments) =>
        Assert.That(string.Join('|', TextSegmenter.Split(new TextNormalizers().For("fi", false).Normalize(text), 1000).Select(segment => segment.Text)), Is.EqualTo(segments));
}
