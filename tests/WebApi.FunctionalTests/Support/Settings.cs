using System.Globalization;

namespace Dictation.WebApi.FunctionalTests.Support;

/// <summary>How long a test runs, where that can be told from outside.</summary>
internal static class Settings
{
    /// <summary>The environment variable's number.</summary>
    public static int Number(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
