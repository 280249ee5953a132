namespace Dictation.Shared;

/// <summary>Published voices that are too large for the repository.</summary>
internal static class TestVoices
{
    private const string Variable = "DICTATION_TEST_VOICES";

    /// <summary>The folder that <c>DICTATION_TEST_VOICES</c> names; without it the test is skipped.</summary>
    public static string Folder => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder
        ? folder
        : throw new IgnoreException($"{Variable} names no folder with en_US-joe-medium.onnx.");
}
