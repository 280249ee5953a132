using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices.Installation.Hub;

/// <summary>Where the Hugging Face hub is and how it is asked, read from the variables that its own tools read.</summary>
/// <param name="Endpoint">http or https.</param>
/// <param name="Token">Sent to the endpoint and to no other host; null for none.</param>
/// <param name="CacheDirectory">The hub's own cache; need not be there.</param>
public sealed record HubSettings(Uri Endpoint, string? Token, string CacheDirectory)
{
    /// <summary>The hub itself. Addresses on it are moved to <see cref="Endpoint"/>.</summary>
    public static readonly Uri Public = new("https://huggingface.co/");

    private const int MaxToken = 4096;

    /// <param name="setting">The value of a variable; null or empty where it is not set.</param>
    /// <exception cref="VoiceException">A value cannot be used; the message names the variable.</exception>
    public static HubSettings Read(Func<string, string?> setting)
    {
        var cache = Value("XDG_CACHE_HOME") ?? Path.Combine(UserFolder, ".cache");
        var home = Expand(Value("HF_HOME") ?? Path.Combine(cache, "huggingface"));
        return new HubSettings(
            Value("HF_ENDPOINT") is { } endpoint ? Address(endpoint) : Public,
            Value("HF_TOKEN") is { } token ? Checked(token, "HF_TOKEN") : TokenFile(Expand(Value("HF_TOKEN_PATH") ?? Path.Combine(home, "token"))),
            Expand(Value("HF_HUB_CACHE") ?? Path.Combine(home, "hub")));

        string? Value(string name) => setting(name)?.Trim() is { Length: > 0 } value ? value : null;
    }

    private static string UserFolder => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private static string Expand(string path) => path == "~" || path.StartsWith("~/", StringComparison.Ordinal) ? UserFolder + path[1..] : path;

    private static Uri Address(string endpoint) =>
        Uri.TryCreate(endpoint.TrimEnd('/') + '/', UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new VoiceException("HF_ENDPOINT must be an http or https address.");

    private static string? TokenFile(string path)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true } file)
            {
                return null;
            }

            return file.Length > MaxToken ? throw new VoiceException($"{path} is too large to be a token.")
                : File.ReadAllText(path).Trim() is { Length: > 0 } token ? Checked(token, path)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VoiceException($"{path}, which holds the hub's token, cannot be read. Correct its permissions, or set HF_TOKEN.", e);
        }
    }

    private static string Checked(string token, string origin) => token.Length <= MaxToken && token.All(c => c is > ' ' and < '\x7f')
        ? token
        : throw new VoiceException($"The token in {origin} holds characters that no token has.");
}
