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
            if (TryRead(text, at, script, out var end))
            {
                at = end;
            }
            else
            {
                script.Copy(at);
                at++;
            }
        }
    }

    /// <summary>Adds the pause that stands there, if one does.</summary>
    /// <exception cref="SpeechMarkupException">It is not written as a pause is, or too long.</exception>
    public static bool TryRead(string text, int at, SpeechScriptBuilder script, out int end)
    {
        end = at;
        if (text[at] != '[' || string.Compare(text, at, Begin, 0, Begin.Length, StringComparison.OrdinalIgnoreCase) != 0)
        {
            return false;
        }

        var close = text.IndexOf(']', at);
        if (close < 0 || Seconds(text[(at + Begin.Length)..close]) is not (>= 0 and <= SpeechScript.MaxPause and var seconds))
        {
            throw new SpeechMarkupException(
                $"A pause is written [pause:1.5s] or [pause:500ms], with 0 to {SpeechScript.MaxPause:0} seconds. "
                + $"Correct the one at character {at + 1}.");
        }

        script.Pause(seconds);
        end = close + 1;
        return true;
    }

    /// <summary>A time as CSS and SSML write it; null where it is none.</summary>
    public static double? Seconds(string time) =>
        Time().Match(time.Trim()) is { Success: true } match
        && double.TryParse(match.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? match.Groups[2].ValueSpan.Equals("ms", StringComparison.OrdinalIgnoreCase) ? number / 1000 : number
            : null;

    [GeneratedRegex(@"^\+?([0-9]{1,9}(?:\.[0-9]{1,9})?|\.[0-9]{1,9})(ms|s)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Time();
}
