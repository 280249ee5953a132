using System.Globalization;

namespace Dictation.Benchmarks;

/// <summary>Finnish sentences put together by chance from a seed: letters, commas and a mark at the end, so that every runtime reads them alike.</summary>
internal static class Sentences
{
    private static readonly string[] Subjects =
    [
        "naapurin vanha koira", "opettaja", "pieni poika", "kaupungin ainoa kirjasto", "aurinko", "meidän junamme", "punainen vene", "isoäiti", "metsän laidalla asuva mies", "lumimyrsky",
        "kahvila", "viimeinen vieras", "tyttö ja hänen veljensä", "kuningas", "posteljooni", "kylmä tuuli", "lääkäri", "järven jää", "vanhin sisaruksista", "toimittaja",
    ];

    private static readonly string[] Verbs =
    [
        "odottaa", "löysi", "ei muista", "kertoo", "lähti etsimään", "unohti", "katselee", "rakensi", "toi mukanaan", "näki yöllä", "haluaa myydä", "piirsi", "maalasi uudelleen", "kuunteli",
    ];

    private static readonly string[] Objects =
    [
        "sateenvarjon", "uuden kirjeen", "lapsuutensa kesät", "ystävän, joka muutti pois", "kadonneen avaimen", "sillan joen yli", "omenapuun varjossa", "kolme kynttilää", "huonot uutiset",
        "talon mäen päällä", "sanan, jota kukaan ei ymmärrä", "vanhan valokuvan", "hiljaisuuden", "tähdet", "pöydälle jääneen kupin", "kissan katolla", "äidin äänen",
    ];

    private static readonly string[] Places =
    [
        "", "", "aamulla", "torin laidalla", "koko pitkän talven", "ennen kuin muut heräävät", "kotimatkalla", "syksyn viimeisenä päivänä", "ilman syytä", "meren rannalla, missä tuulee aina", "joka ilta",
    ];

    /// <param name="count">How many, all different.</param>
    /// <param name="seed">The same seed makes the same sentences.</param>
    public static string[] Finnish(int count, int seed)
    {
        var random = new Random(seed);
        var sentences = new HashSet<string>(StringComparer.Ordinal);
        while (sentences.Count < count)
        {
            sentences.Add(One(random));
        }

        return [.. sentences];
    }

    private static string One(Random random)
    {
        string Of(string[] words) => words[random.Next(words.Length)];
        var text = $"{Of(Subjects)} {Of(Verbs)} {Of(Objects)} {Of(Places)}".Trim();
        return $"{char.ToUpper(text[0], CultureInfo.InvariantCulture)}{text[1..]}{".!?"[random.Next(8) switch { 0 => 1, 1 => 2, _ => 0 }]}";
    }
}
