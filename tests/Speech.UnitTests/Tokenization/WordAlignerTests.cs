using Dictation.Speech.Tokenization;
using FsCheck;
using FsCheck.Fluent;

namespace Dictation.Speech.UnitTests.Tokenization;

public class WordAlignerTests
{
    [TestCase("hˈæz|bˈiːn", "hɐzbɪn", "000111")]
    [TestCase("twˈɛnti fˈaɪv|kˈæts", "twˈɛnti fˈaɪv kˈæts", "0000000 00000 11111")]
    [TestCase("ɐ|bˈiː", "ɐ bˈiː", "0 1111")]
    [TestCase("||aɪ|", "aɪ", "22")]
    [TestCase("ðə|hˈaʊs", "xx ðə hˈaʊs zz", "00 00 11111 11")]
    [TestCase("|", "aɪ", "--")]
    public void Owners_OfPhonemes_AreTheirWords(string alone, string phonemes, string expected) => Assert.That(
        string.Concat(WordAligner.Owners(alone.Split('|'), phonemes).Zip(phonemes, (owner, c) => c == ' ' ? " " : owner < 0 ? "-" : $"{owner}")), Is.EqualTo(expected));

    [Test]
    public void Owners_OfAnyPhonemes_NeverFallAndMissNone() => Prop.ForAll(
        Gen.Elements("a", "ˈi", "st", "oː", " ", "").ListOf().Select(string.Concat).ListOf().ToArbitrary(),
        Gen.Elements("a", "ˈi", "st", "oː", " ", "x").ListOf().Select(string.Concat).ToArbitrary(),
        (words, phonemes) =>
        {
            string[] alone = [.. words.Select(w => w.Trim())];
            var owners = WordAligner.Owners(alone, phonemes);
            var heard = owners.Where((_, i) => phonemes[i] != ' ').ToList();
            return alone.All(w => w.Length == 0)
                ? owners.All(o => o == -1)
                : heard.All(o => o >= 0 && o < alone.Length && alone[o].Length > 0) && heard.Zip(heard.Skip(1)).All(p => p.First <= p.Second)
                    && owners.Where((_, i) => phonemes[i] == ' ').All(o => o == -1);
        }).Check(Seed.Config(2000));

    [Test]
    public void Owners_OfVeryMuch_AreSharedOut()
    {
        string[] alone = [.. Enumerable.Repeat("wˈʌn", 1000)];

        var owners = WordAligner.Owners(alone, string.Join(' ', alone));

        Assert.That(owners.Where(o => o >= 0).Distinct().Count(), Is.EqualTo(1000));
    }
}
