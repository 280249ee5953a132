using System.Text.Json.Nodes;

namespace Dictation.WebApi.FunctionalTests.Support;

/// <summary>Reads answers the way a client does: by name.</summary>
internal static class JsonExtensions
{
    public static string Text(this JsonNode node, string name) => node[name]?.GetValue<string>() ?? throw new AssertionException($"'{name}' is null in {node.ToJsonString()}");

    public static DateTime Time(this JsonNode node, string name)
    {
        var text = node.Text(name);
        Assert.That(text, Does.EndWith("Z"), name);
        return DateTime.Parse(text, null, System.Globalization.DateTimeStyles.RoundtripKind);
    }
}
