namespace Dictation.Client;

/// <summary>How the service is reached.</summary>
public sealed class DictationClientOptions
{
    /// <summary>Where the service listens, such as <c>http://127.0.0.1:8000</c>; a path is kept, for a service behind a prefix.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>Sent as <c>X-API-Key</c>, where the operator has set keys.</summary>
    public string? ApiKey { get; set; }

    /// <summary>How often a call that may be repeated is tried again, 0..20; 5 unless set.</summary>
    public int MaxRetries { get; set; } = 5;

    /// <summary>The longest wait before a try; when the service asks for a longer one, its answer is given to the caller. A minute unless set.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <exception cref="ArgumentException">Something is missing or out of range.</exception>
    internal DictationClientOptions Checked()
    {
        if (BaseAddress is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            throw new ArgumentException("Set BaseAddress to the http or https address of the Dictation service, such as http://127.0.0.1:8000.");
        }

        return MaxRetries is >= 0 and <= 20 ? this : throw new ArgumentException($"MaxRetries must be 0 to 20; it is {MaxRetries}.");
    }

    internal void Configure(HttpClient http)
    {
        // Relative addresses replace what follows the last slash.
        http.BaseAddress = new Uri($"{BaseAddress!.AbsoluteUri.TrimEnd('/')}/");
        if (ApiKey is { Length: > 0 } key)
        {
            http.DefaultRequestHeaders.Add("X-API-Key", key);
        }
    }
}
