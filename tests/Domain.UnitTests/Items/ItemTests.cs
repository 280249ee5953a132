using Dictation.Domain.Items;

namespace Dictation.Domain.UnitTests.Items;

public sealed class ItemTests
{
    private static readonly DateTime Now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [TestCase(6, 20, 1)]
    [TestCase(100, 0, 1, Description = "one-letter words: few letters")]
    [TestCase(7, 8, 2)]
    [TestCase(9, 50, 2)]
    [TestCase(10, 8, 2, Description = "80 letters")]
    [TestCase(10, 9, 3)]
    [TestCase(12, 50, 3)]
    [TestCase(13, 9, 4)]
    [TestCase(15, 50, 4)]
    [TestCase(16, 9, 5)]
    public void DifficultyOf_WordsOfALength_IsTheFirstThatFits(int words, int letters, int difficulty)
    {
        var text = letters == 0
            ? string.Join(' ', Enumerable.Repeat("a", 50))
            : string.Join("\n ", Enumerable.Repeat(string.Concat(Enumerable.Repeat("ä", letters)), words));
        Assert.That(Item.DifficultyOf(text), Is.EqualTo(difficulty));
    }

    [TestCase("fi", "fi")]
    [TestCase("FI_fi", "fi-FI")]
    [TestCase("zh-hant-tw", "zh-Hant-TW")]
    [TestCase("es-419", "es-419")]
    public void CanonicalLocale_OfATag_IsWrittenAsUsual(string tag, string canonical) => Assert.That(Item.CanonicalLocale(tag), Is.EqualTo(canonical));

    [TestCase("PO\u0308YTA\u0308", "pöytä")]
    [TestCase("ΣΊΣΥΦΟς", "σίσυφοσ")]
    public void Fold_OfAText_IsComposedAndWithoutCase(string text, string folded) => Assert.That(Item.Fold(text), Is.EqualTo(folded));

    [Test]
    public void Fold_OfALoneSurrogate_ReplacesIt() => Assert.That(Item.Fold("A\ud800b"), Is.EqualTo("a\ufffdb"));

    [Test]
    public void Fold_OfWhatUnicodeNeverAssigns_DoesNotFail() => Assert.That(Item.Fold("A\ufffe\uffffB"), Is.EqualTo("a\ufffd\uffffb"));

    [Test]
    public void Difficulty_ThatNobodyGave_FollowsTheText()
    {
        var long1 = string.Join(' ', Enumerable.Repeat("kymmenen", 20));
        var free = Item.Create("fi", "Lyhyt.", null, [], Now);
        var given = Item.Create("fi", "Lyhyt.", 2, [], Now);
        free.Edit("fi", long1, Now);
        given.Edit("fi", long1, Now);
        Assert.That((free.Difficulty, given.Difficulty), Is.EqualTo((5, 2)));
        free.Rate(1, Now);
        free.Edit("fi", long1 + ".", Now);
        Assert.That(free.Difficulty, Is.EqualTo(1));
    }

    [Test]
    public void Tags_AlikeButForCase_AreOne()
    {
        var item = Item.Create("fi", "a", null, [" Äiti", "äiti ", "isä"], Now);
        Assert.That(item.Tags.Select(t => (t.Name, t.Key, t.Position)), Is.EqualTo(((string, string, int)[])[("Äiti", "äiti", 0), ("isä", "isä", 1)]));
    }
}
