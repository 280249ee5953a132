namespace Dictation.WebApi.Configuration;

/// <summary>
/// Reads <c>.env</c> of the current directory: <c>NAME=value</c> lines, <c>#</c> comments, an optional <c>export</c>, optional quotes.
/// Real environment variables win over it.
/// </summary>
internal static class DotEnvFile
{
    /// <exception cref="Application.StartupException">A line is not of that form.</exception>
    public static IEnumerable<KeyValuePair<string, string?>> Read(string path)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        foreach (var (index, raw) in File.ReadLines(path).Index())
        {
            var line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            line = line.StartsWith("export ", StringComparison.Ordinal) ? line[7..] : line;
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw new Application.StartupException($"Line {index + 1} of .env is not NAME=value. Mend or remove it.");
            }

            var value = line[(equals + 1)..].Trim();
            var quoted = value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0];
            yield return KeyValuePair.Create<string, string?>(line[..equals].Trim().Replace("__", ":", StringComparison.Ordinal), quoted ? value[1..^1] : value);
        }
    }
}
