using System.Globalization;
using System.Text.RegularExpressions;

namespace Dictation.Speech.Markup;

/// <summary>Plain text with pauses: <c>[pause:1.5s]</c>, <c>[pause:500ms]</c>.</summary>
internal static partial class PauseTags
{
    private const string Begin = "[pause:";

    public static void Read(string text, SpeechScriptBuilder script)
    {
        for (var at = 0; at < text.Length;)
        {
            if (text[at] != '[' || string.Compare(text, at, Begin, 0, Begin.Length, StringComparison.OrdinalIgnoreCase) != 0)
            {
                script.Add(text[at], at);
                at++;
                continue;
            }

            var end = text.IndexOf(']', at);
            if (end < 0 || Seconds(text[(at + Begin.Length)..end]) is not { } seconds)
            {
                throw new SpeechMarkupException(
                    $"A pause is written [pause:1.5s] or [pause:500ms], with 0 to {SpeechScript.MaxPause:0} seconds. Correct the one at character {at + 1}.");
            }

            script.Pause(seconds);
            at = end + 1;
        }
    }

    /// <summary>A time as CSS and SSML write it; null where it is none, or longer than a pause may be.</summary>
    public static double? Seconds(string time) =>
        Time().Match(time.Trim()) is { Success: true } match
        && double.TryParse(match.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && (match.Groups[2].Value == "ms" ? number / 1000 : number) is var seconds and <= SpeechScript.MaxPause
            ? seconds
            : null;

    [GeneratedRegex(@"^\+?([0-9]{1,6}(?:\.[0-9]{1,6})?|\.[0-9]{1,6})(ms|s)$", RegexOptions.CultureInvariant)]
    private static partial Regex Time();
}
