using System.Text.Json;

namespace Dictation.Application;

/// <summary>The names of properties and enum members in requests, answers and messages: snake case.</summary>
public static class WireNames
{
    public static JsonNamingPolicy Policy => JsonNamingPolicy.SnakeCaseLower;

    /// <summary>The name of a property or parameter.</summary>
    public static string For(string member) => Policy.ConvertName(member);

    /// <summary>The name of an enum member.</summary>
    public static string WireName(this Enum value) => Policy.ConvertName(value.ToString());
}
