namespace Dictation.WebApi.FunctionalTests.Support;

/// <summary>Other people's programs that some tests need.</summary>
internal static class Programs
{
    public static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(d => File.Exists(Path.Combine(d, program)));

    /// <summary>Ignores the test where something is missing; where CI says that it has it, the test fails.</summary>
    /// <param name="missing">What is missing, in a sentence; null for nothing.</param>
    /// <param name="ciVariable">The environment variable by which CI says that it has it.</param>
    public static void Require(string? missing, string ciVariable)
    {
        if (missing is not null)
        {
            Assert.That(Environment.GetEnvironmentVariable(ciVariable), Is.Null, missing);
            Assert.Ignore($"Not tried: {missing}");
        }
    }
}
