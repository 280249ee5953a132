using System.Diagnostics;
using System.Globalization;
using System.Text;
using Dictation.Speech;
using Dictation.Speech.Markup;
using Dictation.Speech.Segmentation;

namespace Dictation.Benchmarks;

/// <summary>How fast a text becomes segments of words, and that its time grows with its length alone.</summary>
internal static class NormalizingBenchmark
{
    private const int Short = 1_000, Long = 100_000, Rounds = 9, WarmUp = 1_500;

    private const string News =
        "Helsingin kaupunki kertoi tiistaina, että uusi raitiotielinja avataan ensi keväänä. Linjan pituus on noin 14 km, ja sen arvioidaan maksavan 386 milj. euroa. "
        + "Ensimmäiset vuorot lähtevät klo 5.30, ja matka kestää 35 minuuttia. Kaupunginhallitus päätti asiasta 12.3.2026. Liput maksavat 3,20 €. ";

    private static readonly TextNormalizers Normalizers = new();

    public static Report Run()
    {
        (string Name, string Unit, string Language)[] texts =
        [
            ("news in Finnish", News, "fi"),
            ("words in Finnish", "Kissa istuu ikkunalla ja katselee pihalla lentäviä lintuja. ", "fi"),
            ("words in English", "The cat sits at the window and watches the birds in the yard. ", "en"),
            ("words in Swedish", "Katten sitter vid fönstret och tittar på fåglarna ute på gården. ", "sv"),
            ("words in German", "Die Katze sitzt am Fenster und schaut den Vögeln im Garten zu. ", "de"),
            ("`1.1.1.1…`", "1.", "fi"),
            ("`((((…`", "(", "fi"),
            ("`<<<<…`", "<", "fi"),
            ("`&&&&…`", "&", "fi"),
            ("`....…`", ".", "fi"),
            ("`$$$$…`", "$", "fi"),
            ("`www.www.…`", "www.", "fi"),
            ("combining marks", "\u0301", "fi"),
        ];
        return new Report(
            "Normalising",
            $"`dotnet run -c Release --project benchmarks/Benchmarks -- normalizing`: markup, reading and segmentation on one core, best of {Rounds} interleaved rounds. "
            + "The targets are 5 MB/s of plain text, and 1.5 times per character at a hundred times the length.",
            ["Text", $"MB/s at {Long / 1000},000 characters", $"time per character, {Long / 1000},000 against {Short:N0}"],
            [.. texts.Select(text => Row(text.Name, text.Unit, text.Language))]);
    }

    private static string[] Row(string name, string unit, string language)
    {
        var (small, large) = (Repeat(unit, Short), Repeat(unit, Long));
        // Until the code is compiled at its best.
        for (var i = 0; i < WarmUp; i++)
        {
            Segments(small, language);
        }

        var (bestSmall, bestLarge) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            bestSmall = Math.Min(bestSmall, Seconds(() =>
            {
                for (var i = 0; i < Long / Short; i++)
                {
                    Segments(small, language);
                }
            }));
            bestLarge = Math.Min(bestLarge, Seconds(() => Segments(large, language)));
        }

        var rate = Encoding.UTF8.GetByteCount(large) / bestLarge / 1e6;
        return [name, rate.ToString("0.0", CultureInfo.InvariantCulture), (bestLarge / bestSmall).ToString("0.00", CultureInfo.InvariantCulture)];
    }

    private static void Segments(string text, string language)
    {
        foreach (var part in SpeechScript.Parse(text).Parts)
        {
            TextSegmenter.Split(Normalizers.For(language, voiceReadsDigits: false).Normalize(part.Text), 300);
        }
    }

    private static string Repeat(string unit, int length) => string.Concat(Enumerable.Repeat(unit, (length / unit.Length) + 1))[..length];

    private static double Seconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
