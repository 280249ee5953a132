using System.Text.Json.Nodes;

namespace Dictation.WebApi.FunctionalTests.Support;

/// <summary>Reads answers the way a client does: by name.</summary>
internal static class JsonExtensions
{
    public static string Text(this JsonNode node, string name) => node[name]?.GetValue<string>() ?? throw new AssertionException($"'{name}' is null in {node.ToJsonString()}");

    public static long Number(this JsonNode node, string name) => node[name]?.GetValue<long>() ?? throw new AssertionException($"'{name}' is null in {node.ToJsonString()}");

    public static IEnumerable<JsonNode> List(this JsonNode node, string name) => node[name]!.AsArray().Select(n => n!);

    public static DateTime Time(this JsonNode node, string name)
    {
        var text = node.Text(name);
        Assert.That(text, Does.EndWith("Z"), name);
        return DateTime.Parse(text, null, System.Globalization.DateTimeStyles.RoundtripKind);
    }
}
