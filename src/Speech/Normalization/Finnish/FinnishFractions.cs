namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Fractions of one character.</summary>
internal static class FinnishFractions
{
    /// <summary>The fraction in words; null where the character is none.</summary>
    public static string? Find(char c) => c switch
    {
        '½' => "puoli",
        '¼' => "yksi neljäsosa",
        '¾' => "kolme neljäsosaa",
        '⅓' => "yksi kolmasosa",
        '⅔' => "kaksi kolmasosaa",
        '⅕' => "yksi viidesosa",
        '⅖' => "kaksi viidesosaa",
        '⅗' => "kolme viidesosaa",
        '⅘' => "neljä viidesosaa",
        '⅙' => "yksi kuudesosa",
        '⅚' => "viisi kuudesosaa",
        '⅛' => "yksi kahdeksasosa",
        '⅜' => "kolme kahdeksasosaa",
        '⅝' => "viisi kahdeksasosaa",
        '⅞' => "seitsemän kahdeksasosaa",
        '⅒' => "yksi kymmenesosa",
        _ => null,
    };
}
