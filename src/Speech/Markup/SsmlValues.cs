using System.Globalization;

namespace Dictation.Speech.Markup;

/// <summary>The values of SSML's attributes, as W3C, Amazon, Azure and Google write them.</summary>
internal static class SsmlValues
{
    /// <summary>What stands in the place of an expletive, in seconds.</summary>
    public const double Bleep = 0.5;

    /// <summary>Seconds of a pause for each strength; about as long as this service's own at commas, sentences and paragraphs.</summary>
    private static readonly Dictionary<string, double> Strengths = new(StringComparer.OrdinalIgnoreCase)
    {
        ["none"] = 0,
        ["x-weak"] = 0.1,
        ["weak"] = 0.2,
        ["medium"] = 0.35,
        ["strong"] = 0.7,
        ["x-strong"] = 1.2,
    };

    private static readonly Dictionary<string, double> Rates = new(StringComparer.OrdinalIgnoreCase)
    {
        ["x-slow"] = 0.5,
        ["slow"] = 0.75,
        ["medium"] = 1,
        ["default"] = 1,
        ["fast"] = 1.35,
        ["x-fast"] = 1.75,
    };

    /// <summary>Kinds of say-as. Those that a language reads by itself, from how they are written, are text.</summary>
    private static readonly Dictionary<string, SayAs> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["characters"] = SayAs.Characters,
        ["character"] = SayAs.Characters,
        ["spell-out"] = SayAs.Characters,
        ["spellout"] = SayAs.Characters,
        ["spell"] = SayAs.Characters,
        ["letters"] = SayAs.Characters,
        ["verbatim"] = SayAs.Characters,
        ["alphanumeric"] = SayAs.Characters,
        ["digits"] = SayAs.Digits,
        ["digit"] = SayAs.Digits,
        ["number_digit"] = SayAs.Digits,
        ["number-digit"] = SayAs.Digits,
        ["number:digits"] = SayAs.Digits,
        ["vxml:digits"] = SayAs.Digits,
        ["ordinal"] = SayAs.Ordinal,
        ["number:ordinal"] = SayAs.Ordinal,
        ["cardinal"] = SayAs.Text,
        ["number"] = SayAs.Text,
        ["number:cardinal"] = SayAs.Text,
        ["vxml:number"] = SayAs.Text,
        ["fraction"] = SayAs.Text,
        ["unit"] = SayAs.Text,
        ["measure"] = SayAs.Text,
        ["date"] = SayAs.Text,
        ["vxml:date"] = SayAs.Text,
        ["time"] = SayAs.Text,
        ["vxml:time"] = SayAs.Text,
        ["duration"] = SayAs.Text,
        ["telephone"] = SayAs.Text,
        ["phone"] = SayAs.Text,
        ["vxml:phone"] = SayAs.Text,
        ["address"] = SayAs.Text,
        ["name"] = SayAs.Text,
        ["currency"] = SayAs.Text,
        ["vxml:currency"] = SayAs.Text,
        ["money"] = SayAs.Text,
        ["net"] = SayAs.Text,
        ["text"] = SayAs.Text,
    };

    public static bool IsExpletive(string? kind) =>
        kind?.Trim().ToUpperInvariant() is "EXPLETIVE" or "BLEEP";

    /// <summary>How a kind of say-as is said; null where this service does not know it.</summary>
    public static SayAs? Kind(string? name, string? format)
    {
        if (name is null || !Kinds.TryGetValue(name.Trim(), out var kind))
        {
            return null;
        }

        // SSML 1.0's drafts and Amazon's older documents name the kind of a number by its format.
        return kind == SayAs.Text && format is not null && name.Trim().StartsWith("number", StringComparison.OrdinalIgnoreCase)
            && Kinds.TryGetValue(format.Trim(), out var number)
            ? number
            : kind;
    }

    /// <summary>Seconds of a break, and the attribute that is not followed to the letter; null where both are.</summary>
    public static (double Seconds, string? Unhonoured) Break(string? time, string? strength)
    {
        if (time is not null)
        {
            return PauseTags.Seconds(time) switch
            {
                null => (Strengths["medium"], "time"),
                > SpeechScript.MaxPause => (SpeechScript.MaxPause, "time"),
                { } seconds => (seconds, null),
            };
        }

        return Strengths.TryGetValue(strength?.Trim() ?? "medium", out var pause) ? (pause, null) : (Strengths["medium"], "strength");
    }

    /// <summary>
    /// A prosody's rate as a factor: a word, a percentage of the rate, a change of it with a sign, or a plain factor; else null.
    /// </summary>
    public static double? Rate(string value)
    {
        var rate = value.Trim();
        if (Rates.TryGetValue(rate, out var named))
        {
            return named;
        }

        var percent = rate.EndsWith('%');
        if (!double.TryParse(
                percent ? rate[..^1] : rate,
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture,
                out var number) || !double.IsFinite(number))
        {
            return null;
        }

        var factor = !percent ? number : rate[0] is '+' or '-' ? 1 + number / 100 : number / 100;
        return Math.Clamp(factor, SpeechScript.MinRate, SpeechScript.MaxRate);
    }

    /// <summary>A phoneme's sounds in IPA; null where it has none, or in an alphabet that this service does not know.</summary>
    public static string? Ipa(string? sounds, string? alphabet)
    {
        var ipa = (alphabet?.Trim().ToUpperInvariant() ?? "IPA") switch
        {
            "IPA" => sounds?.Trim(),
            "X-SAMPA" or "XSAMPA" => sounds is null ? null : XSampa.ToIpa(sounds.Trim()),
            _ => null,
        };

        // Brackets and line ends would end raw phonemes.
        return string.IsNullOrEmpty(ipa) || ipa.AsSpan().ContainsAny("[]\r\n") ? null : ipa;
    }
}
