using System.Text.RegularExpressions;

namespace Dictation.Infrastructure.Tts.Voices.Installation;

/// <summary>A licence by the name that the hub and SPDX have for it, in lower case. One that is not free for all use has to be accepted by this name.</summary>
public sealed partial record Licence
{
    /// <summary>The name of the licence of a voice that states none.</summary>
    public static readonly Licence Unknown = new("unknown");

    private const int MaxName = 100;

    private Licence(string name) => Name = name;

    public string Name { get; }

    public bool IsKnown => this != Unknown;

    /// <summary>Whether anybody may use the voice for anything.</summary>
    public bool IsFree => Free().IsMatch(Name);

    /// <param name="text">As a card or the catalogue states it; null where it does not.</param>
    public static Licence From(string? text)
    {
        var address = CreativeCommons().Match(text ?? "");
        var name = Separators().Replace(address.Success ? address.Result("cc-${kind}-${version}") : text ?? "", "-").Trim('-').ToLowerInvariant();
        name = name switch
        {
            "cc0" or "cc-zero-1.0" or "cc-0" or "cc0-1" => "cc0-1.0",
            "mit-license" => "mit",
            "apache-license-2.0" or "apache2.0" or "apache-2" => "apache-2.0",
            _ => name,
        };
        return name.Length is 0 or > MaxName || name == Unknown.Name ? Unknown : new Licence(name);
    }

    public bool IsAcceptedBy(IEnumerable<string> names) => names.Any(n => From(n) == this);

    public override string ToString() => Name;

    [GeneratedRegex(@"creativecommons\.org/(licenses|publicdomain)/(?<kind>[a-z-]+)/(?<version>\d\.\d)", RegexOptions.IgnoreCase)]
    private static partial Regex CreativeCommons();

    /// <summary>What stands between the words of a licence's name: <c>CC BY 4.0</c> is <c>cc-by-4.0</c>. A name has no control characters.</summary>
    [GeneratedRegex(@"[\s_\p{C}""'`]+")]
    private static partial Regex Separators();

    [GeneratedRegex(
        @"^(mit|apache-2\.0|isc|zlib|unlicense|wtfpl|0bsd|bsd(-[23]-clause)?(-clear)?|cc0-1\.0|public-domain|cc-by(-sa)?-\d\.\d"
        + @"|(l|a)?gpl(-?v?\d(\.\d)?)?(-only|-or-later)?|mpl-2\.0|artistic-2\.0|eupl-1\.[12]|afl-3\.0|bsl-1\.0|ecl-2\.0|ncsa|postgresql"
        + @"|pddl|odc-by|odbl)\z")]
    private static partial Regex Free();
}
