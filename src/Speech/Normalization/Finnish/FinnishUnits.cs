using System.Collections.Frozen;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>A unit as it is said after a number.</summary>
/// <param name="Noun">The part that inflects.</param>
/// <param name="Cents">The hundredth of a currency, or null.</param>
/// <param name="Multiplier">A numeral between number and noun (<c>5 M€</c>: miljoonaa), or null.</param>
/// <param name="Ordinal">Whether the number before it is an ordinal: <c>5 §</c> is the fifth section.</param>
/// <param name="IsMoney">Whether it is a currency.</param>
internal sealed record FinnishUnit(FinnishNoun Noun, FinnishNoun? Cents = null, FinnishNoun? Multiplier = null, bool Ordinal = false, bool IsMoney = false)
{
    /// <summary>Says the unit behind a number that is not one: <c>kilometriä</c>, <c>miljoonaa euroa</c>.</summary>
    public void SayMultiplied(ReadingCursor c, int at)
    {
        if (Multiplier is not null)
        {
            c.Builder.Say(Multiplier.In(FinnishCase.Partitive), at);
        }

        c.Builder.Say(Noun.In(FinnishCase.Partitive), at);
    }
}

/// <summary>The symbols that are units right after a number.</summary>
internal static class FinnishUnits
{
    private static readonly FinnishNoun Metre = FinnishNoun.Regular("metri");
    private static readonly FinnishNoun Gram = FinnishNoun.Regular("gramma");
    private static readonly FinnishNoun Litre = FinnishNoun.Regular("litra");
    private static readonly FinnishNoun Ton = FinnishNoun.Regular("tonni");
    private static readonly FinnishNoun Degree = FinnishNoun.From("aste", "astetta", "astee", "astee");
    private static readonly FinnishNoun Byte = FinnishNoun.Regular("tavu");
    private static readonly FinnishNoun Bit = FinnishNoun.Graded("bitti", "biti");
    private static readonly FinnishNoun Second = FinnishNoun.Graded("sekunti", "sekunni");
    private static readonly FinnishNoun Minute = FinnishNoun.Graded("minuutti", "minuuti");
    private static readonly FinnishNoun Hour = FinnishNoun.Graded("tunti", "tunni");
    private static readonly FinnishNoun Day = FinnishNoun.From("vuorokausi", "vuorokautta", "vuorokaude", "vuorokaute");
    private static readonly FinnishNoun Days = FinnishNoun.Regular("päivä");
    private static readonly FinnishNoun Week = FinnishNoun.Graded("viikko", "viiko");
    private static readonly FinnishNoun Month = FinnishNoun.From("kuukausi", "kuukautta", "kuukaude", "kuukaute");
    private static readonly FinnishNoun Year = FinnishNoun.From("vuosi", "vuotta", "vuode", "vuote");
    private static readonly FinnishNoun Watt = FinnishNoun.Graded("watti", "wati");
    private static readonly FinnishNoun Volt = FinnishNoun.Graded("voltti", "volti");
    private static readonly FinnishNoun Ampere = FinnishNoun.Regular("ampeeri");
    private static readonly FinnishNoun Hertz = FinnishNoun.Regular("hertsi");
    private static readonly FinnishNoun Joule = FinnishNoun.Regular("joule");
    private static readonly FinnishNoun Pascal = FinnishNoun.From("pascal", "pascalia", "pascali", "pascali");
    private static readonly FinnishNoun Newton = FinnishNoun.From("newton", "newtonia", "newtoni", "newtoni");
    private static readonly FinnishNoun Piece = FinnishNoun.From("kappale", "kappaletta", "kappalee", "kappalee");
    private static readonly FinnishNoun Euro = FinnishNoun.Regular("euro");
    private static readonly FinnishNoun Cent = FinnishNoun.Graded("sentti", "senti");
    private static readonly FinnishNoun Dollar = FinnishNoun.Regular("dollari");
    private static readonly FinnishNoun Crown = FinnishNoun.Regular("kruunu");
    private static readonly FinnishNoun Spoonful = FinnishNoun.From("lusikallinen", "lusikallista", "lusikallise", "lusikallise");

    private static readonly FinnishUnit Euros = new(Euro, Cent, IsMoney: true);
    private static readonly FinnishUnit Dollars = new(Dollar, Cent, IsMoney: true);
    private static readonly FinnishUnit Pounds = new(FinnishNoun.From("punta", "puntaa", "punna", "punta"), FinnishNoun.Regular("penny"), IsMoney: true);

    private static readonly FrozenDictionary<string, FinnishUnit> BySymbol = new Dictionary<string, FinnishUnit>
    {
        ["km"] = new(Metre.Prefixed("kilo")),
        ["m"] = new(Metre),
        ["dm"] = new(Metre.Prefixed("desi")),
        ["cm"] = new(Metre.Prefixed("sentti")),
        ["mm"] = new(Metre.Prefixed("milli")),
        ["µm"] = new(Metre.Prefixed("mikro")),
        ["μm"] = new(Metre.Prefixed("mikro")),
        ["nm"] = new(Metre.Prefixed("nano")),
        ["km²"] = new(Metre.Prefixed("neliökilo")),
        ["km2"] = new(Metre.Prefixed("neliökilo")),
        ["m²"] = new(Metre.Prefixed("neliö")),
        ["m2"] = new(Metre.Prefixed("neliö")),
        ["cm²"] = new(Metre.Prefixed("neliösentti")),
        ["cm2"] = new(Metre.Prefixed("neliösentti")),
        ["mm²"] = new(Metre.Prefixed("neliömilli")),
        ["km³"] = new(Metre.Prefixed("kuutiokilo")),
        ["m³"] = new(Metre.Prefixed("kuutio")),
        ["m3"] = new(Metre.Prefixed("kuutio")),
        ["dm³"] = new(Metre.Prefixed("kuutiodesi")),
        ["cm³"] = new(Metre.Prefixed("kuutiosentti")),
        ["cm3"] = new(Metre.Prefixed("kuutiosentti")),
        ["mm³"] = new(Metre.Prefixed("kuutiomilli")),
        ["ha"] = new(FinnishNoun.Regular("hehtaari")),
        ["kg"] = new(Gram.Prefixed("kilo")),
        ["g"] = new(Gram),
        ["mg"] = new(Gram.Prefixed("milli")),
        ["µg"] = new(Gram.Prefixed("mikro")),
        ["μg"] = new(Gram.Prefixed("mikro")),
        ["t"] = new(Ton),
        ["tn"] = new(Ton),
        ["kt"] = new(Ton.Prefixed("kilo")),
        ["Mt"] = new(Ton.Prefixed("mega")),
        ["Gt"] = new(Ton.Prefixed("giga")),
        ["l"] = new(Litre),
        ["L"] = new(Litre),
        ["dl"] = new(Litre.Prefixed("desi")),
        ["cl"] = new(Litre.Prefixed("sentti")),
        ["ml"] = new(Litre.Prefixed("milli")),
        ["rkl"] = new(Spoonful.Prefixed("ruoka")),
        ["tl"] = new(Spoonful.Prefixed("tee")),
        ["h"] = new(Hour),
        ["min"] = new(Minute),
        ["s"] = new(Second),
        ["sek"] = new(Second),
        ["ms"] = new(Second.Prefixed("milli")),
        ["µs"] = new(Second.Prefixed("mikro")),
        ["μs"] = new(Second.Prefixed("mikro")),
        ["ns"] = new(Second.Prefixed("nano")),
        ["vrk"] = new(Day),
        ["pv"] = new(Days),
        ["vk"] = new(Week),
        ["vko"] = new(Week),
        ["kk"] = new(Month),
        ["v"] = new(Year),
        ["°"] = new(Degree),
        ["°C"] = new(Degree.Prefixed("celsius")),
        ["℃"] = new(Degree.Prefixed("celsius")),
        ["°F"] = new(Degree.Prefixed("fahrenheit")),
        ["mW"] = new(Watt.Prefixed("milli")),
        ["W"] = new(Watt),
        ["kW"] = new(Watt.Prefixed("kilo")),
        ["MW"] = new(Watt.Prefixed("mega")),
        ["GW"] = new(Watt.Prefixed("giga")),
        ["TW"] = new(Watt.Prefixed("tera")),
        ["Wh"] = new(Hour.Prefixed("watti")),
        ["kWh"] = new(Hour.Prefixed("kilowatti")),
        ["MWh"] = new(Hour.Prefixed("megawatti")),
        ["GWh"] = new(Hour.Prefixed("gigawatti")),
        ["TWh"] = new(Hour.Prefixed("terawatti")),
        ["mV"] = new(Volt.Prefixed("milli")),
        ["V"] = new(Volt),
        ["kV"] = new(Volt.Prefixed("kilo")),
        ["mA"] = new(Ampere.Prefixed("milli")),
        ["A"] = new(Ampere),
        ["mAh"] = new(Hour.Prefixed("milliampeeri")),
        ["Ah"] = new(Hour.Prefixed("ampeeri")),
        ["Ω"] = new(FinnishNoun.Regular("ohmi")),
        ["Hz"] = new(Hertz),
        ["kHz"] = new(Hertz.Prefixed("kilo")),
        ["MHz"] = new(Hertz.Prefixed("mega")),
        ["GHz"] = new(Hertz.Prefixed("giga")),
        ["THz"] = new(Hertz.Prefixed("tera")),
        ["dB"] = new(FinnishNoun.Regular("beli").Prefixed("desi")),
        ["J"] = new(Joule),
        ["kJ"] = new(Joule.Prefixed("kilo")),
        ["MJ"] = new(Joule.Prefixed("mega")),
        ["kcal"] = new(FinnishNoun.Regular("kalori").Prefixed("kilo")),
        ["N"] = new(Newton),
        ["kN"] = new(Newton.Prefixed("kilo")),
        ["Nm"] = new(Metre.Prefixed("newton")),
        ["Pa"] = new(Pascal),
        ["hPa"] = new(Pascal.Prefixed("hehto")),
        ["kPa"] = new(Pascal.Prefixed("kilo")),
        ["MPa"] = new(Pascal.Prefixed("mega")),
        ["bar"] = new(FinnishNoun.Regular("baari")),
        ["bit"] = new(Bit),
        ["kbit"] = new(Bit.Prefixed("kilo")),
        ["Mbit"] = new(Bit.Prefixed("mega")),
        ["Mb"] = new(Bit.Prefixed("mega")),
        ["Gbit"] = new(Bit.Prefixed("giga")),
        ["Gb"] = new(Bit.Prefixed("giga")),
        ["kB"] = new(Byte.Prefixed("kilo")),
        ["KB"] = new(Byte.Prefixed("kilo")),
        ["MB"] = new(Byte.Prefixed("mega")),
        ["GB"] = new(Byte.Prefixed("giga")),
        ["TB"] = new(Byte.Prefixed("tera")),
        ["PB"] = new(Byte.Prefixed("peta")),
        ["kpl"] = new(Piece),
        ["hlö"] = new(FinnishNoun.Regular("henkilö")),
        ["%"] = new(FinnishNoun.Graded("prosentti", "prosenti")),
        ["‰"] = new(FinnishNoun.Regular("promille")),
        ["§"] = new(FinnishNoun.Regular("pykälä"), Ordinal: true),
        ["mom"] = new(FinnishNoun.Graded("momentti", "momenti"), Ordinal: true),
        ["€"] = Euros,
        ["EUR"] = Euros,
        ["eur"] = Euros,
        ["e"] = Euros,
        ["k€"] = new(Euro, Multiplier: FinnishNumbers.Thousands, IsMoney: true),
        ["t€"] = new(Euro, Multiplier: FinnishNumbers.Thousands, IsMoney: true),
        ["M€"] = new(Euro, Multiplier: FinnishNumbers.Million, IsMoney: true),
        ["$"] = Dollars,
        ["USD"] = Dollars,
        ["£"] = Pounds,
        ["GBP"] = Pounds,
        ["¥"] = new(FinnishNoun.Regular("jeni"), IsMoney: true),
        ["JPY"] = new(FinnishNoun.Regular("jeni"), IsMoney: true),
        ["kr"] = new(Crown, IsMoney: true),
        ["SEK"] = new(Crown.Prefixed("Ruotsin "), IsMoney: true),
        ["NOK"] = new(Crown.Prefixed("Norjan "), IsMoney: true),
        ["DKK"] = new(Crown.Prefixed("Tanskan "), IsMoney: true),
        ["CHF"] = new(FinnishNoun.Regular("frangi").Prefixed("Sveitsin "), IsMoney: true),
        ["snt"] = new(Cent, IsMoney: true),
        ["mk"] = new(FinnishNoun.From("markka", "markkaa", "marka", "markka"), IsMoney: true),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, FinnishUnit>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        BySymbol.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<string, FinnishNoun> Magnitudes = new Dictionary<string, FinnishNoun>
    {
        ["milj"] = FinnishNumbers.Million,
        ["mrd"] = FinnishNumbers.Billion,
        ["tuh"] = FinnishNumbers.Thousands,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, FinnishNoun> PerNouns = new[]
    {
        Second, Minute, Hour, Day, Days, Week, Month, Year, Metre, Litre, Piece, FinnishNoun.Regular("kilo"), FinnishNoun.Regular("henkilö"), Metre.Prefixed("neliö"),
        FinnishNoun.From("henki", "henkeä", "henge", "henke"), FinnishNoun.From("asukas", "asukasta", "asukkaa", "asukkaa"), FinnishNoun.From("lapsi", "lasta", "lapse", "lapse"),
        FinnishNoun.From("kuu", "kuuta", "kuu", "kuu"), FinnishNoun.From("kerta", "kertaa", "kerra", "kerta"), FinnishNoun.From("oppilas", "oppilasta", "oppilaa", "oppilaa"),
    }.ToFrozenDictionary(noun => noun.Nominative);

    private static readonly int LongestSymbol = BySymbol.Keys.Max(symbol => symbol.Length);

    /// <summary>The longest unit symbol that starts at <paramref name="at"/> and ends at a word's end.</summary>
    public static bool TryRead(string text, int at, out FinnishUnit unit, out int end)
    {
        for (var length = Math.Min(LongestSymbol, text.Length - at); length > 0; length--)
        {
            end = at + length;
            if (Lookup.TryGetValue(text.AsSpan(at, length), out var found) && EndsAt(text, end))
            {
                unit = found;
                return true;
            }
        }

        (unit, end) = (Euros, at);
        return false;
    }

    private static bool EndsAt(string text, int end) =>
        !SpokenPunctuation.IsWordCharacter(text, end) && (end >= text.Length || text[end] is not ('²' or '³'));

    /// <summary>The unit a currency sign names when it stands before the amount.</summary>
    public static bool TryReadSign(char sign, out FinnishUnit unit)
    {
        (var found, unit) = sign switch { '€' => (true, Euros), '$' => (true, Dollars), '£' => (true, Pounds), _ => (false, Euros) };
        return found;
    }

    /// <summary>A unit symbol that is said by its name even without a number: several letters, no vowel, no other meaning.</summary>
    public static bool TryName(string word, out string name)
    {
        var known = word.Length > 1 && BySymbol.TryGetValue(word, out var unit) && FinnishInitialisms.IsVowelless(word)
            && !word.AsSpan().ContainsAnyInRange('A', 'Z');
        name = known ? BySymbol[word].Noun.Nominative : "";
        return known;
    }

    /// <summary>A short form of a large numeral: <c>milj.</c>, <c>mrd.</c>; its full stop belongs to it.</summary>
    public static bool TryReadMagnitude(string text, int at, out FinnishNoun noun, out int end)
    {
        foreach (var (symbol, numeral) in Magnitudes)
        {
            end = at + symbol.Length;
            if (string.CompareOrdinal(text, at, symbol, 0, symbol.Length) == 0 && !SpokenPunctuation.IsWordCharacter(text, end))
            {
                noun = numeral;
                return true;
            }
        }

        (noun, end) = (FinnishNumbers.Thousands, at);
        return false;
    }

    /// <summary>An hour, which "t" is beside other times.</summary>
    public static FinnishUnit Hours { get; } = new(Hour);

    /// <summary>How the part behind a slash is said: <c>/h</c> tunnissa, <c>/kg</c> kilogrammaa kohti.</summary>
    public static string Per(FinnishUnit unit) => IsTime(unit.Noun) ? unit.Noun.In(FinnishCase.Inessive) : unit.Noun.In(FinnishCase.Partitive) + " kohti";

    /// <summary>How a whole word behind a slash is said: <c>/vuosi</c> vuodessa, <c>/henkilö</c> henkilöä kohti; null where it is no such word.</summary>
    public static string? PerNoun(string word) => PerNouns.TryGetValue(word, out var noun) ? Per(new FinnishUnit(noun)) : null;

    private static bool IsTime(FinnishNoun noun) =>
        noun == Second || noun == Minute || noun == Hour || noun == Day || noun == Days || noun == Week || noun == Month || noun == Year || noun.Nominative == "kuu";
}
