using System.Globalization;
using Dictation.Speech.Normalization;
using Dictation.Speech.Normalization.Finnish;
using Humanizer;

namespace Dictation.Speech.UnitTests.Normalization.Finnish;

[TestFixture]
public sealed class FinnishNumbersTests
{
    private static readonly CultureInfo Finnish = CultureInfo.GetCultureInfo("fi");
    private static readonly ITextNormalizer Normalizer = new TextNormalizers().For("fi", voiceReadsDigits: false);

    // Written from the grammar, by place and with none of the production tables: the units in nominative, then what each place appends.
    private static string Oracle(int number)
    {
        var units = "nolla yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen".Split(' ');
        return number switch
        {
            <= 10 => units[number],
            < 20 => units[number - 10] + "toista",
            < 100 => units[number / 10] + "kymmentä" + Tail(number % 10, ""),
            < 200 => "sata" + Tail(number % 100, ""),
            < 1000 => units[number / 100] + "sataa" + Tail(number % 100, ""),
            < 2000 => "tuhat" + Tail(number % 1000, " "),
            _ => Oracle(number / 1000) + "tuhatta" + Tail(number % 1000, " "),
        };

        static string Tail(int rest, string separator) => rest == 0 ? "" : separator + Oracle(rest);
    }

    [Test]
    public void Normalize_EveryNumberToTenThousand_MatchesOracleAndHumanizer()
    {
        for (var number = 0; number <= 10_000; number++)
        {
            var digits = number.ToString(CultureInfo.InvariantCulture);
            Assert.That(Normalizer.Normalize(digits).Text, Is.EqualTo(Oracle(number)), digits);
            Assert.That(((long)number).ToWords(Finnish), Is.EqualTo(Oracle(number)), digits);
        }
    }

    [Test]
    public void Normalize_EveryNumberBehindMinus_SaysMiinus()
    {
        for (var number = 1; number <= 10_000; number += 7)
        {
            Assert.That(Normalizer.Normalize("-" + number.ToString(CultureInfo.InvariantCulture)).Text, Is.EqualTo("miinus " + Oracle(number)));
        }
    }

    [Test]
    public void Normalize_EveryOrdinalToTenThousand_MatchesHumanizer()
    {
        for (var number = 1; number < 10_000; number++)
        {
            var text = number.ToString(CultureInfo.InvariantCulture) + ". sija";
            Assert.That(Normalizer.Normalize(text).Text, Is.EqualTo(number.ToOrdinalWords(Finnish) + " sija"), text);
        }
    }

    [TestCase("10 000", "kymmenentuhatta")]
    [TestCase("100 000", "satatuhatta")]
    [TestCase("101 101", "satayksituhatta satayksi")]
    [TestCase("999 999", "yhdeksänsataayhdeksänkymmentäyhdeksäntuhatta yhdeksänsataayhdeksänkymmentäyhdeksän")]
    [TestCase("1000000", "miljoona")]
    [TestCase("1 000 001", "miljoona yksi")]
    [TestCase("2 001 000", "kaksi miljoonaa tuhat")]
    [TestCase("1 000 000 000", "miljardi")]
    [TestCase("21 000 000 000", "kaksikymmentäyksi miljardia")]
    [TestCase("3 000 002 000 000", "kolme biljoonaa kaksi miljoonaa")]
    [TestCase("-2 000 000", "miinus kaksi miljoonaa")]
    public void Normalize_LargeNumbers_AreGroupedByMagnitude(string text, string spoken) =>
        Assert.That(Normalizer.Normalize(text).Text, Is.EqualTo(spoken));

    // Why the normalizer does not rely on Humanizer for Finnish: when these fail, it may.
    [Test]
    public void Humanizer_BeyondItsRange_IsWrong()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => 1_000_000_000_000L.ToWords(Finnish), Throws.InstanceOf<NotImplementedException>());
            Assert.That(2_000_000L.ToWords(Finnish), Is.EqualTo("kaksimiljoonaa"));
            Assert.That((-3).ToOrdinalWords(Finnish), Is.Empty);
        });
    }

    [TestCase("1", "yhden yhtä yhdessä yhdestä yhteen yhdellä yhdeltä yhdelle yhtenä yhdeksi")]
    [TestCase("2", "kahden kahta kahdessa kahdesta kahteen kahdella kahdelta kahdelle kahtena kahdeksi")]
    [TestCase("3", "kolmen kolmea kolmessa kolmesta kolmeen kolmella kolmelta kolmelle kolmena kolmeksi")]
    [TestCase("4", "neljän neljää neljässä neljästä neljään neljällä neljältä neljälle neljänä neljäksi")]
    [TestCase("6", "kuuden kuutta kuudessa kuudesta kuuteen kuudella kuudelta kuudelle kuutena kuudeksi")]
    [TestCase("8", "kahdeksan kahdeksaa kahdeksassa kahdeksasta kahdeksaan kahdeksalla kahdeksalta kahdeksalle kahdeksana kahdeksaksi")]
    [TestCase("12", "kahdentoista kahtatoista kahdessatoista kahdestatoista kahteentoista kahdellatoista kahdeltatoista kahdelletoista kahtenatoista kahdeksitoista")]
    [TestCase("40", "neljänkymmenen neljääkymmentä neljässäkymmenessä neljästäkymmenestä neljäänkymmeneen neljälläkymmenellä neljältäkymmeneltä neljällekymmenelle neljänäkymmenenä neljäksikymmeneksi")]
    [TestCase("300", "kolmensadan kolmeasataa kolmessasadassa kolmestasadasta kolmeensataan kolmellasadalla kolmeltasadalta kolmellesadalle kolmenasatana kolmeksisadaksi")]
    [TestCase("5000", "viidentuhannen viittätuhatta viidessätuhannessa viidestätuhannesta viiteentuhanteen viidellätuhannella viideltätuhannelta viidelletuhannelle viitenätuhantena viideksituhanneksi")]
    public void Normalize_EndingsBehindColon_InflectEveryPart(string number, string forms)
    {
        string[] endings = ["n", "ta", "ssa", "sta", "een", "lla", "lta", "lle", "na", "ksi"];
        Assert.That(endings.Select(ending => Normalizer.Normalize($"{number}:{ending}").Text), Is.EqualTo(forms.Split(' ')));
    }

    // The paradigms of numerals in school grammars, in the order of the enumeration.
    [TestCase(2, false, "kaksi kahden kahta kahdessa kahdesta kahteen kahdella kahdelta kahdelle kahtena kahdeksi kahdetta")]
    [TestCase(2, true, "kahdet kaksien kaksia kaksissa kaksista kaksiin kaksilla kaksilta kaksille kaksina kaksiksi kaksitta")]
    [TestCase(7, false, "seitsemän seitsemän seitsemää seitsemässä seitsemästä seitsemään seitsemällä seitsemältä seitsemälle seitsemänä seitsemäksi seitsemättä")]
    [TestCase(10, true, "kymmenet kymmenien kymmeniä kymmenissä kymmenistä kymmeniin kymmenillä kymmeniltä kymmenille kymmeninä kymmeniksi kymmenittä")]
    [TestCase(100, false, "sata sadan sataa sadassa sadasta sataan sadalla sadalta sadalle satana sadaksi sadatta")]
    [TestCase(100, true, "sadat satojen satoja sadoissa sadoista satoihin sadoilla sadoilta sadoille satoina sadoiksi sadoitta")]
    [TestCase(1000, false, "tuhat tuhannen tuhatta tuhannessa tuhannesta tuhanteen tuhannella tuhannelta tuhannelle tuhantena tuhanneksi tuhannetta")]
    public void Cardinal_InTwelveCases_IsAsTheGrammarHasIt(long number, bool plural, string forms) =>
        Assert.That(Enum.GetValues<FinnishCase>().Select(form => FinnishNumbers.Cardinal(number, form, plural)), Is.EqualTo(forms.Split(' ')));

    [TestCase(1, false, "ensimmäinen ensimmäisen ensimmäistä ensimmäisessä ensimmäisestä ensimmäiseen ensimmäisellä ensimmäiseltä ensimmäiselle ensimmäisenä ensimmäiseksi ensimmäisettä")]
    [TestCase(3, false, "kolmas kolmannen kolmatta kolmannessa kolmannesta kolmanteen kolmannella kolmannelta kolmannelle kolmantena kolmanneksi kolmannetta")]
    [TestCase(3, true, "kolmannet kolmansien kolmansia kolmansissa kolmansista kolmansiin kolmansilla kolmansilta kolmansille kolmansina kolmansiksi kolmansitta")]
    public void Ordinal_InTwelveCases_IsAsTheGrammarHasIt(long number, bool plural, string forms) =>
        Assert.That(Enum.GetValues<FinnishCase>().Select(form => FinnishNumbers.Ordinal(number, form, plural)), Is.EqualTo(forms.Split(' ')));

    [TestCase(21, "Inessive", "kahdessakymmenessäyhdessä")]
    [TestCase(345, "Genitive", "kolmensadanneljänkymmenenviiden")]
    [TestCase(12_000, "Illative", "kahteentoistatuhanteen")]
    [TestCase(999_999_999_999, "Adessive", "yhdeksälläsadallayhdeksälläkymmenelläyhdeksällä miljardilla yhdeksälläsadallayhdeksälläkymmenelläyhdeksällä miljoonalla yhdeksälläsadallayhdeksälläkymmenelläyhdeksällätuhannella yhdeksälläsadallayhdeksälläkymmenelläyhdeksällä")]
    public void Cardinal_OfSeveralParts_InflectsEach(long number, string form, string expected) =>
        Assert.That(FinnishNumbers.Cardinal(number, Enum.Parse<FinnishCase>(form)), Is.EqualTo(expected));
}
