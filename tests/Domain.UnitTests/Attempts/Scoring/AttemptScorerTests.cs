using Dictation.Domain.Attempts.Scoring;

namespace Dictation.Domain.UnitTests.Attempts.Scoring;

public sealed class AttemptScorerTests
{
    // Alignment: = equal, ~ substituted, - deleted, + inserted, each with its kind where it has one. Scores: strict/standard/lenient. Feedback: standard.
    [TestCase("fi", "tuuli käy lahdella", "tuuli käy lahdella", "= = =", "100/100/100", "All 3 words are right. Well done!")]
    [TestCase("fi", "hei", "hei", "=", "100/100/100", "The word is right. Well done!")]

    // Length.
    [TestCase("fi", "tuuli", "tuli", "~length", "0/0/50", "0 of 1 word. 'tuuli' has a long u.")]
    [TestCase("fi", "tuli", "tuuli", "~length", "0/0/50", "0 of 1 word. 'tuli' has a short u.")]
    [TestCase("fi", "tulli", "tuli", "~length", "0/0/50", "0 of 1 word. 'tulli' has a double l.")]
    [TestCase("fi", "tuli", "tulli", "~length", "0/0/50", "0 of 1 word. 'tuli' has a single l.")]
    [TestCase("fin-FI", "tuuli", "tulli", "~length", "0/0/50", "0 of 1 word. 'tuuli' has a long u and a single l.")]
    [TestCase("FI", "tapaan sinut", "tappan sinut", "~length =", "50/50/75", "1 of 2 words. 'tapaan' has a single p and a long a.")]
    [TestCase("fi", "sataan", "saatan", "~length", "0/0/50", "0 of 1 word. 'sataan' has a short a and a long a.")]
    [TestCase("fi", "tuuli ja tulli", "tuli ja tuli", "~length = ~length", "33/33/67", "1 of 3 words. 'tuuli' has a long u. 'tulli' has a double l.")]
    [TestCase("sv", "tuuli", "tuli", "~typo", "0/50/100", "0 of 1 word. Check the spelling of 'tuuli'.")]

    // Marks.
    [TestCase("fi", "pöytä", "poyta", "~diacritic", "0/0/50", "0 of 1 word. 'pöytä' has ö and ä, not o and a.")]
    [TestCase("fi_FI", "pöytä on", "poytä on", "~diacritic =", "50/50/75", "1 of 2 words. 'pöytä' has ö, not o.")]
    [TestCase("fi", "po\u0308yta\u0308 on", "pöytä on", "= =", "100/100/100", "Both words are right. Well done!")]
    [TestCase("fi", "po\u0308yta\u0308 on", "poytä on", "~diacritic =", "50/50/75", "1 of 2 words. 'pöytä' has ö, not o.")]
    [TestCase("fi", "sää", "saa", "~diacritic", "0/0/50", "0 of 1 word. 'sää' has ä, not a.")]
    [TestCase("fi", "saa", "sää", "~diacritic", "0/0/50", "0 of 1 word. 'saa' has a, not ä.")]
    [TestCase("fi", "Åbo on", "Abo on", "~diacritic =", "50/50/75", "1 of 2 words. 'Åbo' has å, not a.")]
    [TestCase("fi", "Åbo on", "Obo on", "~diacritic =", "50/50/75", "1 of 2 words. 'Åbo' has å, not o.")]
    [TestCase("fi", "sää", "sa", "~length", "0/0/50", "0 of 1 word. 'sää' has a long ä.")]
    [TestCase("sv", "jag här", "jag har", "= ~diacritic", "50/75/100", "1 of 2 words. 'här' has ä, not a.")]
    [TestCase("de", "schöne Grüße", "schone Grüße", "~diacritic =", "50/75/100", "1 of 2 words. 'schöne' has ö, not o.")]
    [TestCase("ru", "ёж", "еж", "~diacritic", "0/50/100", "0 of 1 word. 'ёж' has ё, not е.")]
    [TestCase("da", "smørrebrød", "smorrebrød", "~diacritic", "0/50/100", "0 of 1 word. 'smørrebrød' has ø, not o.")]
    [TestCase("en", "a cafe\u0301", "a café", "= =", "100/100/100", "Both words are right. Well done!")]

    // Typos.
    [TestCase("fi", "koira haukkuu", "koora haukkuu", "~typo =", "50/75/100", "1 of 2 words. Check the spelling of 'koira'.")]
    [TestCase("fi", "koira", "kiora", "~typo", "0/50/100", "0 of 1 word. Check the spelling of 'koira'.")]
    [TestCase("en", "the cat", "teh cat", "~typo =", "50/75/100", "1 of 2 words. Check the spelling of 'the'.")]
    [TestCase("sv", "glass", "glas", "~typo", "0/50/100", "0 of 1 word. Check the spelling of 'glass'.")]
    [TestCase("fi", "ja", "je", "~wrongWord", "0/0/0", "0 of 1 word. Listen again for 'ja'.")]
    [TestCase("fi", "ravintola", "raventala", "~wrongWord", "0/0/0", "0 of 1 word. Listen again for 'ravintola'.")]
    [TestCase("fi", "suomalainen", "suamalaimen", "~typo", "0/50/100", "0 of 1 word. Check the spelling of 'suomalainen'.")]
    [TestCase("fi", "suomalainen", "suamalaimem", "~wrongWord", "0/0/0", "0 of 1 word. Listen again for 'suomalainen'.")]
    [TestCase("fi", "talo palo", "palo palo", "~wrongWord =", "50/50/50", "1 of 2 words. Listen again for 'talo'.")]
    [TestCase("de", "Straße", "Strasse", "~wrongWord", "0/0/0", "0 of 1 word. Listen again for 'Straße'.")]

    // A typo does not hide a length or a mark.
    [TestCase("fi", "keittiössä", "keitiöspä", "~length", "0/0/50", "0 of 1 word. Listen closely to 'keittiössä'.")]
    [TestCase("fi", "suomalaisiä", "suamalaisia", "~diacritic", "0/0/50", "0 of 1 word. Listen closely to 'suomalaisiä'.")]
    [TestCase("fi", "tuuli", "tula", "~wrongWord", "0/0/0", "0 of 1 word. Listen again for 'tuuli'.")]

    // Boundaries.
    [TestCase("fi", "linja-auto tulee", "linja auto tulee", "~boundary +boundary =", "50/75/100", "1 of 2 words. 'linja-auto' is one word.")]
    [TestCase("fi", "huonekalu on", "huone kalu on", "~boundary +boundary =", "50/75/100", "1 of 2 words. 'huonekalu' is one word.")]
    [TestCase("fi", "kaksi tuhatta", "kaksituhatta", "-boundary ~boundary", "0/50/100", "0 of 2 words. 'kaksi' and 'tuhatta' are two words.")]
    [TestCase("fi", "hyvää yötä", "Hyvääyötä!", "~boundary -boundary", "0/50/100", "0 of 2 words. 'hyvää' and 'yötä' are two words.")]
    [TestCase("en", "well-known fact", "well known fact", "+boundary ~boundary =", "50/75/100", "1 of 2 words. 'well-known' is one word.")]
    [TestCase("fi", "Hei. Mitä kuuluu", "Hei.Mitä kuuluu", "-boundary ~boundary =", "33/67/100", "1 of 3 words. 'Hei' and 'Mitä' are two words.")]
    [TestCase("fi", "huonekalu", "huone kala", "~wrongWord +extra", "0/0/0", "0 of 1 word. There is an extra 'kala'. Listen again for 'huonekalu'.")]
    [TestCase("fi", "hinta 10 000", "hinta 10000", "= -boundary ~boundary", "33/67/100", "1 of 3 words. '10' and '000' are two words.")]

    // Missing and extra.
    [TestCase("fi", "minä olen täällä", "minä täällä", "= -missing =", "67/67/67", "2 of 3 words. 'olen' is missing.")]
    [TestCase("fi", "yksi kaksi kolme neljä viisi", "viisi", "-missing -missing -missing -missing =", "20/20/20", "1 of 5 words. 'yksi', 'kaksi' and 2 more are missing.")]
    [TestCase("fi", "minä olen", "minä nyt olen", "= +extra =", "80/80/80", "2 of 2 words. There is an extra 'nyt'.")]
    [TestCase("fi", "yksi kaksi kolme neljä", "no yksi kaksi kolme neljä", "+extra = = = =", "88/88/88", "4 of 4 words. There is an extra 'no'.")]
    [TestCase("fi", "yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan", "yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan no", "= = = = = = = = +extra", "94/94/94", "8 of 8 words. There is an extra 'no'.")]
    [TestCase("fi", "hyvin hyvin iso", "hyvin iso", "= -missing =", "67/67/67", "2 of 3 words. 'hyvin' is missing.")]
    [TestCase("fi", "hyvin iso", "hyvin hyvin iso", "= +extra =", "80/80/80", "2 of 2 words. There is an extra 'hyvin'.")]
    [TestCase("fi", "a b", "b c", "-missing = +extra", "30/30/30", "1 of 2 words. 'a' is missing. There is an extra 'c'.")]
    [TestCase("fi", "auto talo", "talo auto", "-missing = +extra", "30/30/30", "1 of 2 words. 'auto' is missing. There is an extra 'auto'.")]
    [TestCase("fi", "sata", "satta tuli", "~length +extra", "0/0/30", "0 of 1 word. There is an extra 'tuli'. 'sata' has a single t.")]
    [TestCase("fi", "kissa", "talo kissa ja koira", "+extra = +extra +extra", "80/80/80", "1 of 1 word. There are extra words: 'talo', 'ja' and 1 more.")]
    [TestCase("fi", "", "", "", "100/100/100", "There were no words to write, and you wrote none.")]
    [TestCase("fi", "…", "!", "", "100/100/100", "There were no words to write, and you wrote none.")]
    [TestCase("fi", "", "hei vaan", "+extra +extra", "0/0/0", "There were no words to write. There are extra words: 'hei' and 'vaan'.")]
    [TestCase("fi", "hei vaan", "", "-missing -missing", "0/0/0", "0 of 2 words. Nothing is written yet: listen again and write what you hear.")]

    // Case, punctuation, apostrophes.
    [TestCase("fi", "Helsinki on", "helsinki on", "=case =", "50/100/100", "Both words are right. Well done!")]
    [TestCase("fi", "Hei, Anna!", "hei Anna", "=punctuation =punctuation", "0/100/100", "Both words are right. Well done!")]
    [TestCase("fi", "”Hei” – sanoi", "\"Hei\" - sanoi", "= =", "100/100/100", "Both words are right. Well done!")]
    [TestCase("en", "don't go", "don’t go", "= =", "100/100/100", "Both words are right. Well done!")]
    [TestCase("en", "don't go", "dont go", "~apostrophe =", "50/100/100", "Both words are right. Well done!")]
    [TestCase("fi", "vaa'an", "vaaan", "~apostrophe", "0/100/100", "The word is right. Well done!")]
    [TestCase("fi", "linja-auto", "linjaauto", "~punctuation", "0/100/100", "The word is right. Well done!")]
    [TestCase("fi", "EU:n laki", "EUn laki", "~punctuation =", "50/100/100", "Both words are right. Well done!")]
    [TestCase("fi", "linja–auto", "linja-auto", "=", "100/100/100", "The word is right. Well done!")]

    // Numbers.
    [TestCase("fi", "12,50 euroa", "12.50 euroa", "~punctuation =", "50/100/100", "Both words are right. Well done!")]
    [TestCase("fi", "12,50 euroa", "12,60 euroa", "~wrongWord =", "50/50/50", "1 of 2 words. Listen again for '12,50'.")]
    [TestCase("fi", "klo 14.30", "klo 1430", "= ~wrongWord", "50/50/50", "1 of 2 words. Listen again for '14.30'.")]
    [TestCase("fi", "klo 14.30", "klo 14:30.", "= ~punctuation", "50/100/100", "Both words are right. Well done!")]
    [TestCase("fi", "11", "1", "~wrongWord", "0/0/0", "0 of 1 word. Listen again for '11'.")]

    // Emoji, and scripts without spaces or from right to left.
    [TestCase("fi", "Hei 😀", "Hei", "=", "100/100/100", "The word is right. Well done!")]
    [TestCase("fi", "Hei😀 taas", "Hei taas", "=punctuation =", "50/100/100", "Both words are right. Well done!")]
    [TestCase("fi", "👩‍👩‍👧", "", "", "100/100/100", "There were no words to write, and you wrote none.")]
    [TestCase("zh", "你好吗", "你好", "= = -missing", "67/67/67", "2 of 3 words. '吗' is missing.")]
    [TestCase("zh", "你好。", "你 好。", "= =", "100/100/100", "Both words are right. Well done!")]
    [TestCase("zh", "你好", "你号", "= ~wrongWord", "50/50/50", "1 of 2 words. Listen again for '好'.")]
    [TestCase("ja", "カメラ", "ｶﾒﾗ", "= = =", "100/100/100", "All 3 words are right. Well done!")]
    [TestCase("th", "ดีมาก", "ดีมก", "= = -missing =", "75/75/75", "3 of 4 words. 'า' is missing.")]
    [TestCase("he", "שלום עולם", "שלום", "= -missing", "50/50/50", "1 of 2 words. 'עולם' is missing.")]
    [TestCase("ko", "\u1112\u1161\u11AB 국", "한 국", "= =", "100/100/100", "Both words are right. Well done!")]

    // A misspelt word faces the word it misspells.
    [TestCase("fi", "vanha koira nukkuu", "koora nukkuu", "-missing ~typo =", "33/50/67", "1 of 3 words. 'vanha' is missing. Check the spelling of 'koira'.")]
    [TestCase("fi", "koira nukkuu", "vanha koora nukkuu", "+extra ~typo =", "30/55/80", "1 of 2 words. There is an extra 'vanha'. Check the spelling of 'koira'.")]
    [TestCase("\uD800", "tu\uD800li", "tu\uD800li", "= =", "100/100/100", "Both words are right. Well done!")]
    public void Score_Attempt_IsAlignedJudgedAndExplained(string locale, string reference, string attempt, string alignment, string scores, string feedback)
    {
        var byProfile = new[] { ScoringProfile.Strict, ScoringProfile.Standard, ScoringProfile.Lenient }.Select(p => AttemptScorer.Score(reference, attempt, locale, p)).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(Describe(byProfile[1]), Is.EqualTo(alignment));
            Assert.That(string.Join('/', byProfile.Select(s => s.Score)), Is.EqualTo(scores));
            Assert.That(byProfile[1].Feedback, Is.EqualTo(feedback));
        });
    }

    [TestCase(ScoringProfile.Strict, "fi", "Helsinki", "helsinki", "0 of 1 word. 'Helsinki' begins with a capital letter.")]
    [TestCase(ScoringProfile.Strict, "fi", "talo", "Talo", "0 of 1 word. 'talo' has no capital letter.")]
    [TestCase(ScoringProfile.Strict, "en", "McDonald", "Mcdonald", "0 of 1 word. Mind the capital letters in 'McDonald'.")]
    [TestCase(ScoringProfile.Strict, "fi", "Anna Liisa", "anna liisa", "0 of 2 words. Mind the capital letters in 'Anna' and 'Liisa'.")]
    [TestCase(ScoringProfile.Strict, "fi", "Hei, Anna!", "Hei Anna", "0 of 2 words. Mind the punctuation of 'Hei' and 'Anna'.")]
    [TestCase(ScoringProfile.Strict, "en", "don't", "dont", "0 of 1 word. Mind the apostrophe in 'don't'.")]
    [TestCase(ScoringProfile.Lenient, "fi", "koira", "kiora", "The word is there. Check the spelling of 'koira'.")]
    [TestCase(ScoringProfile.Lenient, "fi", "linja-auto tuli", "linja auto tuli", "Both words are there. 'linja-auto' is one word.")]
    [TestCase(ScoringProfile.Lenient, "sv", "jag är här", "jag är har", "All 3 words are there. 'här' has ä, not a.")]
    [TestCase(ScoringProfile.Lenient, "fi", "tuuli on", "tuli on", "1 of 2 words. 'tuuli' has a long u.")]
    public void Feedback_OfAProfile_NamesWhatItDoesNotForgive(ScoringProfile profile, string locale, string reference, string attempt, string feedback) =>
        Assert.That(AttemptScorer.Score(reference, attempt, locale, profile).Feedback, Is.EqualTo(feedback));

    [Test]
    public void Feedback_OfHugeWords_StaysShort()
    {
        var words = string.Join(' ', Enumerable.Range(0, 9).Select(i => new string((char)('a' + i), 1000)));
        var attempt = string.Join(' ', Enumerable.Range(9, 12).Select(i => new string((char)('a' + i), 800)));
        Assert.That(AttemptScorer.Score(words, attempt, "fi").Feedback, Has.Length.LessThanOrEqualTo(200).And.Contains($"'{new string('a', 20)}…'"));
    }

    // By hand: errors of words over words, of letters and single spaces over the same of the reference.
    [TestCase("fi", "tuuli käy", "tuli käy", 1 / 2.0, 1 / 9.0)]
    [TestCase("fi", "Tuuli, käy!", "tuuli käy", 0, 0)]
    [TestCase("fi", "tuuli käy", "tuulikäy", 2 / 2.0, 1 / 9.0)]
    [TestCase("fi", "tuuli", "no niin tuuli", 2, 8 / 5.0)]
    [TestCase("fi", "", "hei vaan", 2, 8)]
    [TestCase("fi", "hei vaan", "", 1, 1)]
    [TestCase("fi", "", "", 0, 0)]
    [TestCase("fi", "pöytä", "po\u0308ytä", 0, 0)]
    [TestCase("en", "don't", "dont", 1, 1 / 5.0)]
    [TestCase("zh", "你好吗", "你号", 2 / 3.0, 2 / 3.0)]
    [TestCase("zh", "我 love 你", "我 你", 1 / 3.0, 6 / 8.0)]
    public void ErrorRates_OfAnAttempt_AreTheTextbooks(string locale, string reference, string attempt, double wer, double cer)
    {
        var score = AttemptScorer.Score(reference, attempt, locale);
        Assert.That((score.Wer, score.Cer), Is.EqualTo((wer, cer)));
    }

    [TestCase("Hei, Anna! Hei taas, Anna.", "taas", "hei anna")]
    [TestCase("“Pöytä” on TÄÄLLÄ", "poyta on", "pöytä täällä")]
    [TestCase("yksi, kaksi", "yksi kaksi", "")]
    public void MissedWords_OfAnAttempt_AreLowerCaseAndPlain(string reference, string attempt, string missed) =>
        Assert.That(string.Join(' ', AttemptScorer.Score(reference, attempt, "fi").MissedWords), Is.EqualTo(missed));

    [Test]
    public void Spans_OfATextOutsideTheBasicPlane_CountCodePoints()
    {
        var score = AttemptScorer.Score("😀 \uD83D (hei!) 👩‍👩‍👧po\u0308ytä", "hei pöytä", "fi");
        Assert.That(score.Alignment.Select(w => (w.Ref, w.RefSpan, w.HypSpan)), Is.EqualTo(new[]
        {
            ("(hei!)", new TextSpan(4, 10), new TextSpan(0, 3)),
            ("👩‍👩‍👧po\u0308ytä", new TextSpan(11, 22), new TextSpan(4, 9)),
        }));
    }

    // Letters, with the other side's where they differ; nothing for what faces nothing.
    [TestCase("tuuli", "tuli", "t u u/ l i")]
    [TestCase("Tuuli!", "tuli", "T u u/ l i !/", Description = "A capital is not marked beside a worse slip")]
    [TestCase("Tuuli", "tuuli", "T/t u u l i")]
    [TestCase("po\u0308ytä", "poytä", "p o\u0308/o y t ä", Description = "A decomposed letter is one")]
    [TestCase("tuuli", "tuuli", "")]
    [TestCase("tuuli", "", "")]
    public void Chars_OfAWord_ShowWhereItDiffers(string reference, string attempt, string expected)
    {
        var chars = AttemptScorer.Score(reference, attempt, "fi").Alignment.Single().Chars;
        var actual = string.Join(' ', chars.Select(c => c.Op == AlignmentOp.Equal ? c.Ref : $"{c.Ref}/{c.Hyp}"));
        Assert.That(actual, Is.EqualTo(expected));
    }

    [Test]
    public void Chars_OfWordsNoLanguageHas_AreLeftOut()
    {
        var word = new string('a', 257);
        Assert.That(AttemptScorer.Score(word, word + "b", "fi").Alignment.Single().Chars, Is.Empty);
    }

    private static string Describe(AttemptScore score) => string.Join(' ', score.Alignment.Select(w => "=~-+"[(int)w.Op] + Kind(w.Kind)));

    private static string Kind(MismatchKind? kind) => kind is null ? "" : char.ToLowerInvariant($"{kind}"[0]) + $"{kind}"[1..];
}
