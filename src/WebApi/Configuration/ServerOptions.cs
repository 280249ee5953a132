using System.ComponentModel.DataAnnotations;

namespace Dictation.WebApi.Configuration;

/// <summary>The section <c>Server</c>.</summary>
public sealed class ServerOptions
{
    public const string Section = "Server";

    /// <summary>The address to listen on.</summary>
    [Required]
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>0 takes any free port.</summary>
    [Range(0, 65535, ErrorMessage = "Server:Port (PORT) must be 0 to 65535.")]
    public int Port { get; set; } = 8000;

    /// <summary>The address under which clients reach this server, such as <c>https://speech.example.org</c>; empty for addresses without a host.</summary>
    [RegularExpression("^(https?://.+)?$", ErrorMessage = "Server:BaseUrl (BASE_URL) must start with http:// or https://.")]
    public string BaseUrl { get; set; } = "";

    /// <summary>The longest request body in bytes. The default holds 100 texts of 10,000 characters, however they are escaped.</summary>
    [Range(1024, 1L << 30)]
    public long MaxBodyBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>How long running requests and work may take to end after Ctrl+C, in seconds.</summary>
    [Range(1, 600)]
    public double ShutdownSeconds { get; set; } = 10;
}
