namespace Dictation.Speech.Normalization.English;

/// <summary>Fractions in words.</summary>
internal static class EnglishFractions
{
    /// <summary>"three quarters" from their digits.</summary>
    public static string Words(string top, string bottom)
    {
        var isOne = top == "1";
        var above = EnglishNumbers.Cardinal(top, withAnd: false);
        return bottom switch
        {
            "1" => $"{above} over one",
            "2" => above + (isOne ? " half" : " halves"),
            "4" => above + (isOne ? " quarter" : " quarters"),
            _ => $"{above} {EnglishNumbers.Ordinal(bottom)}{(isOne ? "" : "s")}",
        };
    }

    /// <summary>"a half" for "one half": as it follows a whole number.</summary>
    public static string AfterWhole(string fraction) =>
        fraction.StartsWith("one ", StringComparison.Ordinal) && !fraction.EndsWith("over one", StringComparison.Ordinal) && !fraction.Contains("hundred", StringComparison.Ordinal)
            ? (fraction[4] == 'e' ? "an " : "a ") + fraction[4..]
            : fraction;

    /// <summary>"one half" of <c>½</c>; null for any other sign.</summary>
    public static string? Sign(char sign) => sign switch
    {
        '½' => "one half",
        '⅓' => "one third",
        '⅔' => "two thirds",
        '¼' => "one quarter",
        '¾' => "three quarters",
        '⅕' => "one fifth",
        '⅖' => "two fifths",
        '⅗' => "three fifths",
        '⅘' => "four fifths",
        '⅙' => "one sixth",
        '⅛' => "one eighth",
        '⅜' => "three eighths",
        '⅝' => "five eighths",
        '⅞' => "seven eighths",
        _ => null,
    };
}
