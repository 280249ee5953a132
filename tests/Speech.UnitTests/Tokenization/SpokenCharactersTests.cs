using System.Text.Json;
using Dictation.Speech.Tokenization;

namespace Dictation.Speech.UnitTests.Tokenization;

/// <summary>The expected ids were looked up by hand in the vocabularies.</summary>
public class SpokenCharactersTests
{
    private static readonly Dictionary<string, long> BuiltInVocabulary = JsonSerializer.Deserialize<Dictionary<string, long>>(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vocab.json")))!;

    // As MMS voices have it: id 0 is a letter and the blank at once.
    private static readonly Dictionary<string, long> MmsVocabulary = new()
    {
        ["k"] = 0,
        ["i"] = 1,
        ["t"] = 2,
        ["o"] = 3,
        [" "] = 4,
        ["s"] = 5,
        ["'"] = 6,
        ["ţ"] = 7,
        ["<unk>"] = 8,
        ["o\u0323"] = 9,
        ["\u0323"] = 10,
    };

    [TestCase("Hyvää päivää!", new long[] { 16, 33, 30, 36, 36, 1, 24, 36, 17, 30, 36, 36, 4 })]
    [TestCase("Åke, Žižek: šakki?", new long[] { 35, 19, 13, 3, 1, 39, 17, 39, 13, 19, 7, 1, 38, 9, 19, 19, 17, 5 })]
    [TestCase("  lyhyt-aika;  ", new long[] { 20, 33, 16, 33, 28, 8, 9, 17, 19, 9, 6 })]
    [TestCase("yksi\nkaksi", new long[] { 33, 19, 27, 17, 1, 19, 9, 19, 27, 17 })]
    public void Tokenize_KnownCharacters_GivesTheirIds(string text, long[] expected)
    {
        var tokens = BuiltIn().Tokenize(text);

        Assert.Multiple(() =>
        {
            Assert.That(tokens.Ids, Is.EqualTo(expected));
            Assert.That(tokens.Dropped, Is.Empty);
            Assert.That(tokens.Speakable);
        });
    }

    [TestCase("Citroën", new long[] { 11, 17, 28, 26, 23, 13, 22 })]
    [TestCase("Ærø", new long[] { 36, 26, 37 })]
    [TestCase("Straße", new long[] { 27, 28, 26, 9, 27, 27, 13 })]
    [TestCase("Łódź", new long[] { 20, 23, 12, 34 })]
    [TestCase("Đuro", new long[] { 12, 29, 26, 23 })]
    [TestCase("ǾRE", new long[] { 37, 26, 13 })]
    [TestCase("İzmir", new long[] { 17, 34, 21, 17, 26 })]
    [TestCase("a\u0308a\u030a", new long[] { 36, 35 }, Description = "Decomposed letters are composed first.")]
    [TestCase("a – b…", new long[] { 9, 1, 8, 1, 10, 2, 2, 2 })]
    [TestCase("ﬁ\u00a0Ａ", new long[] { 14, 17, 1, 9 }, Description = "Ligature, no-break space, full width.")]
    public void Tokenize_CharacterWithAStandIn_GivesTheStandIn(string text, long[] expected)
    {
        var tokens = BuiltIn().Tokenize(text);

        Assert.Multiple(() =>
        {
            Assert.That(tokens.Ids, Is.EqualTo(expected));
            Assert.That(tokens.Dropped, Is.Empty);
        });
    }

    [TestCase("„ei”", new long[] { 13, 17 }, 2)]
    [TestCase("a日本b", new long[] { 9, 10 }, 2)]
    [TestCase("a😀", new long[] { 9 }, 1)]
    public void Tokenize_CharacterWithoutAStandIn_DropsAndCountsIt(string text, long[] expected, int dropped)
    {
        var tokens = BuiltIn().Tokenize(text);

        Assert.Multiple(() =>
        {
            Assert.That(tokens.Ids, Is.EqualTo(expected));
            Assert.That(tokens.Dropped, Has.Count.EqualTo(dropped));
        });
    }

    [Test]
    public void Tokenize_LoneSurrogate_DropsAndCountsIt()
    {
        var tokens = BuiltIn().Tokenize("a\ud800b");

        Assert.Multiple(() =>
        {
            Assert.That(tokens.Ids, Is.EqualTo(new long[] { 9, 10 }));
            Assert.That(tokens.Dropped.Select(d => d.Symbol), Is.EqualTo(new[] { "\uFFFD" }));
        });
    }

    [TestCase("")]
    [TestCase("  \n ")]
    [TestCase("?!.., - ;:")]
    [TestCase("日本語")]
    [TestCase("😀")]
    public void Tokenize_NoLetter_IsNotSpeakable(string text) => Assert.That(BuiltIn().Tokenize(text).Speakable, Is.False);

    [Test]
    public void Tokenize_AddBlank_PutsIdZeroAroundEveryCharacter() =>
        Assert.That(Mms(addBlank: true).Tokenize("Kiitos").Ids, Is.EqualTo(new long[] { 0, 0, 0, 1, 0, 1, 0, 2, 0, 3, 0, 5, 0 }));

    [Test]
    public void Tokenize_AddBlankAndNothingKnown_HasNoIdsAndIsNotSpeakable()
    {
        var tokens = Mms(addBlank: true).Tokenize("日");

        Assert.Multiple(() =>
        {
            Assert.That(tokens.Ids, Is.Empty);
            Assert.That(tokens.Speakable, Is.False);
        });
    }

    [TestCase("k’o", new long[] { 0, 6, 3 }, Description = "Typographic apostrophe.")]
    [TestCase("ț", new long[] { 7 }, Description = "Comma below is written with a cedilla.")]
    [TestCase("ọ", new long[] { 3, 10 }, Description = "The vocabulary holds letter and mark apart.")]
    [TestCase("k<unk>k", new long[] { 0, 0, 0 }, Description = "Only characters are tokens.")]
    public void Tokenize_OtherVocabulary_FollowsWhatItHolds(string text, long[] expected) =>
        Assert.That(Mms(addBlank: false).Tokenize(text).Ids, Is.EqualTo(expected));

    [Test]
    public void Tokenize_WithoutNormalize_KeepsCase() =>
        Assert.That(new SpokenCharacters(MmsVocabulary, new VitsTokenizerSettings { Normalize = false, AddBlank = false }).Tokenize("Kt").Ids, Is.EqualTo(new long[] { 2 }));

    private static SpokenCharacters BuiltIn() => new(BuiltInVocabulary, new VitsTokenizerSettings { AddBlank = false });

    private static SpokenCharacters Mms(bool addBlank) => new(MmsVocabulary, new VitsTokenizerSettings { AddBlank = addBlank });

    [TestCase("A\u0308iti  \n on\tKOTONA ", "äiti on kotona", new[] { 0, 2, 3, 4, 5, 9, 10, 11, 12, 13, 14, 15, 16, 17 })]
    [TestCase("vaa’an – ja “näin”", "vaa'an - ja näin", new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16 })]
    [TestCase("a « b » c", "a b c", new[] { 0, 1, 4, 5, 8 }, Description = "What is left out leaves no second space.")]
    [TestCase("ﬁ ß", "fi ss", new[] { 0, 0, 1, 2, 2 })]
    [TestCase("😀a", "a", new[] { 2 })]
    public void Prepare_Text_KnowsWhereEachCharacterComesFrom(string text, string expected, int[] sources)
    {
        var prepared = Prepare(text, "abcdefghijklmnopqrstuvwxyzäö '-");

        Assert.Multiple(() =>
        {
            Assert.That(prepared.Text, Is.EqualTo(expected));
            Assert.That(prepared.Sources, Is.EqualTo(sources));
        });
    }

    [Test]
    public void Prepare_VocabularyInCapitals_TakesItsCase() => Assert.That(Prepare("Hyvää ﬁlmiä, Straße", "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖ ").Text, Is.EqualTo("HYVÄÄ FILMIÄ STRASSE"));

    [Test]
    public void Prepare_AnyText_HasASourceForEachCharacterInOrder()
    {
        var random = Seed.Random(3);
        for (var run = 0; run < 2000; run++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(3) == 0 ? (char)random.Next(0x10000) : "aA \u0308\u0301'\ud83d\ude00\u1100\u1161é"[random.Next(11)])]);
            var tokens = BuiltIn().Tokenize(text);
            var prepared = Prepare(text, "aä '");

            Assert.Multiple(() =>
            {
                Assert.That(prepared.Sources, Has.Length.EqualTo(prepared.Text.Length).And.Ordered.And.All.InRange(0, Math.Max(0, text.Length - 1)));
                Assert.That(tokens.Sources, Has.Length.EqualTo(tokens.Places.Length).And.Ordered.And.All.InRange(0, Math.Max(0, text.Length - 1)));
            });
        }
    }

    [Test]
    public void Tokenize_DecomposedLetters_KeepsOffsetsOfTheTextAsGiven()
    {
        var tokens = BuiltIn().Tokenize("a\u0308 a");

        Assert.Multiple(() =>
        {
            Assert.That(tokens.Sources, Is.EqualTo(new[] { 0, 2, 3 }));
            Assert.That(tokens.Places, Is.EqualTo(new[] { 0, 1, 2 }));
        });
    }

    private static PreparedCharacters Prepare(string text, string vocabulary) =>
        new VitsTextPreparation(rune => vocabulary.Contains(rune.ToString(), StringComparison.Ordinal), normalize: true).Prepare(text);
}
