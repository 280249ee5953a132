using System.Collections.Frozen;

namespace Dictation.Speech.Normalization.English;

/// <summary>Units by their signs.</summary>
internal static class EnglishUnits
{
    /// <summary>The longest sign of a unit.</summary>
    public const int LongestSign = 6;

    // Sign, one, many (empty: with s). A sign of one small letter counts only right behind a number or before a slash.
    private static readonly (string Sign, string One, string Many)[] All =
    [
        ("mm", "millimeter", ""), ("cm", "centimeter", ""), ("dm", "decimeter", ""), ("m", "meter", ""), ("km", "kilometer", ""), ("µm", "micrometer", ""),
        ("μm", "micrometer", ""), ("nm", "nanometer", ""), ("in", "inch", "inches"), ("ft", "foot", "feet"), ("yd", "yard", ""), ("yds", "yard", ""),
        ("mi", "mile", ""), ("mg", "milligram", ""), ("g", "gram", ""), ("kg", "kilogram", ""), ("kgs", "kilogram", ""), ("µg", "microgram", ""),
        ("lb", "pound", ""), ("lbs", "pound", ""), ("oz", "ounce", ""), ("ml", "milliliter", ""), ("cl", "centiliter", ""), ("dl", "deciliter", ""),
        ("l", "liter", ""), ("gal", "gallon", ""), ("qt", "quart", ""), ("pt", "pint", ""), ("tsp", "teaspoon", ""), ("tbsp", "tablespoon", ""),
        ("cc", "cubic centimeter", ""), ("sq ft", "square foot", "square feet"), ("sq km", "square kilometer", ""), ("sq mi", "square mile", ""),
        ("ha", "hectare", ""), ("ms", "millisecond", ""), ("s", "second", ""), ("sec", "second", ""), ("secs", "second", ""), ("min", "minute", ""),
        ("mins", "minute", ""), ("h", "hour", ""), ("hr", "hour", ""), ("hrs", "hour", ""), ("wk", "week", ""), ("wks", "week", ""), ("mo", "month", ""),
        ("mos", "month", ""), ("yr", "year", ""), ("yrs", "year", ""), ("mph", "mile per hour", "miles per hour"), ("mpg", "mile per gallon", "miles per gallon"),
        ("kmh", "kilometer per hour", "kilometers per hour"), ("kph", "kilometer per hour", "kilometers per hour"), ("rpm", "revolution per minute", "revolutions per minute"),
        ("bpm", "beat per minute", "beats per minute"), ("fps", "frame per second", "frames per second"), ("kbps", "kilobit per second", "kilobits per second"),
        ("mbps", "megabit per second", "megabits per second"), ("gbps", "gigabit per second", "gigabits per second"), ("kb", "kilobyte", ""), ("KB", "kilobyte", ""),
        ("MB", "megabyte", ""), ("GB", "gigabyte", ""), ("TB", "terabyte", ""), ("Hz", "hertz", "hertz"), ("kHz", "kilohertz", "kilohertz"),
        ("MHz", "megahertz", "megahertz"), ("GHz", "gigahertz", "gigahertz"), ("W", "watt", ""), ("kW", "kilowatt", ""), ("MW", "megawatt", ""),
        ("GW", "gigawatt", ""), ("Wh", "watt hour", ""), ("kWh", "kilowatt hour", ""), ("MWh", "megawatt hour", ""), ("V", "volt", ""), ("kV", "kilovolt", ""),
        ("mA", "milliamp", ""), ("mAh", "milliamp hour", ""), ("J", "joule", ""), ("kJ", "kilojoule", ""), ("cal", "calorie", ""), ("kcal", "kilocalorie", ""),
        ("Pa", "pascal", ""), ("kPa", "kilopascal", ""), ("hPa", "hectopascal", ""), ("bar", "bar", ""), ("psi", "pound per square inch", "pounds per square inch"),
        ("dB", "decibel", ""), ("hp", "horsepower", "horsepower"), ("°C", "degree Celsius", "degrees Celsius"), ("ºC", "degree Celsius", "degrees Celsius"),
        ("℃", "degree Celsius", "degrees Celsius"), ("°F", "degree Fahrenheit", "degrees Fahrenheit"), ("ºF", "degree Fahrenheit", "degrees Fahrenheit"),
        ("℉", "degree Fahrenheit", "degrees Fahrenheit"), ("°", "degree", ""), ("º", "degree", ""), ("° C", "degree Celsius", "degrees Celsius"),
        ("° F", "degree Fahrenheit", "degrees Fahrenheit"), ("%", "percent", "percent"), ("pct", "percent", "percent"), ("‰", "per mille", "per mille"),
        ("¢", "cent", ""), ("Ω", "ohm", ""), ("kΩ", "kilohm", ""), ("MΩ", "megohm", ""), ("mol", "mole", ""), ("px", "pixel", ""), ("ppm", "part per million", "parts per million"),
    ];

    // What a unit in capitals also stands for where the sign itself has none: "12KG".
    private static readonly string[] InCapitals = ["kg", "km", "cm", "mm", "lb", "lbs", "oz", "ft", "mph", "mbps", "gbps", "ml"];

    private static readonly FrozenDictionary<string, (string One, string Many)>.AlternateLookup<ReadOnlySpan<char>> Signs = All
        .Select(unit => (unit.Sign, unit.One, unit.Many))
        .Concat(All.Where(unit => InCapitals.Contains(unit.Sign)).Select(unit => (unit.Sign.ToUpperInvariant(), unit.One, unit.Many)))
        .ToFrozenDictionary(unit => unit.Item1, unit => (unit.One, unit.Many.Length > 0 ? unit.Many : unit.One + "s"), StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Rates = WordTable.Table(
        """
        s=second; sec=second; min=minute; h=hour; hr=hour; d=day; day=day; wk=week; week=week; mo=month; month=month; yr=year; y=year
        year=year; hour=hour; kg=kilogram; g=gram; l=liter; L=liter; m=meter; km=kilometer; lb=pound; oz=ounce; gal=gallon
        ml=milliliter; mL=milliliter; dL=deciliter; m²=square meter; m2=square meter; m³=cubic meter; m3=cubic meter
        cm³=cubic centimeter; ft=foot; sq ft=square foot; person=person; kWh=kilowatt hour
        """);

    /// <summary>The unit that stands at <paramref name="at"/>, with its power and what it is per.</summary>
    /// <param name="one">In the singular.</param>
    /// <param name="many">In the plural.</param>
    /// <param name="end">Behind it.</param>
    public static bool TryRead(string text, int at, out string one, out string many, out int end)
    {
        (one, many, end) = ("", "", at);
        if (at >= text.Length || text[at] is '(' or ',' or '.' or '"' or '\n' or ' ')
        {
            return false;
        }

        for (var length = Math.Min(LongestSign, text.Length - at); length > 0; length--)
        {
            if (!Signs.TryGetValue(text.AsSpan(at, length), out var unit))
            {
                continue;
            }

            (one, many) = unit;
            end = at + length;
            ReadPower(text, ref one, ref many, ref end);
            ReadRate(text, ref one, ref many, ref end);
            if (!(char.IsLetter(text[end - 1]) && SpokenPunctuation.IsWordCharacter(text, end)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What stands behind the slash at <paramref name="at"/>: "hour" in <c>/h</c>.</summary>
    public static string? Rate(string text, int at, out int end)
    {
        end = at;
        if (at + 1 >= text.Length || text[at] != '/')
        {
            return null;
        }

        end = at + 1;
        while (end < text.Length && end - at <= LongestSign && (char.IsLetter(text[end]) || text[end] is '²' or '³'
            || (text[end] is '2' or '3' && text[end - 1] == 'm')))
        {
            end++;
        }

        return Rates.TryGetValue(text.AsSpan(at + 1, end - at - 1), out var name) ? name : null;
    }

    private static void ReadPower(string text, ref string one, ref string many, ref int end)
    {
        if (end >= text.Length || text[end - 1] != 'm' || (text[end] is '2' or '3' && SpokenPunctuation.IsWordCharacter(text, end + 1)))
        {
            return;
        }

        var power = text[end] switch { '²' or '2' => "square ", '³' or '3' => "cubic ", _ => "" };
        if (power.Length > 0)
        {
            (one, many, end) = (power + one, power + many, end + 1);
        }
    }

    private static void ReadRate(string text, ref string one, ref string many, ref int end)
    {
        if (Rate(text, end, out var behind) is { } rate)
        {
            (one, many, end) = ($"{one} per {rate}", $"{many} per {rate}", behind);
        }
    }
}
