using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.English;

/// <summary>House numbers before a street: in pairs of digits; the street's direction in full.</summary>
internal sealed partial class StreetAddressReading() : Reading(
    "Street address",
    ("1428 Elm St.", "fourteen twenty-eight Elm Street."),
    ("708 N 1st Ave", "seven oh eight North first Avenue"),
    ("12 Main Street", "twelve Main Street"),
    ("2788 San Tomas Expy, Santa Clara, CA 95051", "twenty-seven eighty-eight San Tomas Expressway, Santa Clara, California nine five zero five one"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var end = c.EndOfDigits(c.At);
        if (end - c.At > 5 || c.Peek(end) != ' ' || !(char.IsAsciiLetterUpper(c.Peek(end + 1)) || c.IsDigit(end + 1))
            || SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1))
        {
            return false;
        }

        var match = Pattern().Match(c.Text, c.At);
        if (!match.Success)
        {
            return false;
        }

        c.Builder.Say(EnglishNumbers.Pairs(c.Text.AsSpan(c.At, end - c.At)), c.At);
        c.At = end;
        var direction = match.Groups["direction"];
        if (direction.Success)
        {
            c.Builder.Say(Direction(direction.Value), direction.Index);
            c.At = direction.Index + direction.Length;
            c.At = c.Peek(c.At) == '.' ? c.At + 1 : c.At;
        }

        return true;
    }

    private static string Direction(string letters) => letters switch
    {
        "N" => "North",
        "S" => "South",
        "E" => "East",
        "W" => "West",
        "NE" => "Northeast",
        "NW" => "Northwest",
        "SE" => "Southeast",
        _ => "Southwest",
    };

    [GeneratedRegex(
        @"\G\d{1,5} (?:(?<direction>[NS]?[EW]|[NS])\.? )?(?:(?:\p{Lu}[\p{L}']{0,20}|\d{1,3}(?:st|nd|rd|th)) ){1,3}"
        + @"(?i:st|ave|blvd|rd|hwy|expy|pkwy|ct|ln|dr|pl|sq|street|avenue|boulevard|road|highway|expressway|parkway|court|lane|drive|place|square|way|terrace)(?![\p{L}\d])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
