using Dictation.Application;
using Dictation.Infrastructure;
using Dictation.Infrastructure.Persistence;
using DotNetEnv;
using DotNetEnv.Configuration;
using Sprache;

namespace Dictation.WebApi.Configuration;

/// <summary>
/// Where settings come from, the later winning: appsettings.json beside the program, <c>.env</c>, environment variables, the command
/// line. The short names of the reference system are copied into the sections that the options read.
/// </summary>
internal static class DictationConfiguration
{
    private static readonly Dictionary<string, string> ShortNames = new()
    {
        ["HOST"] = "Server:Host",
        ["PORT"] = "Server:Port",
        ["BASE_URL"] = "Server:BaseUrl",
        ["TTS_DEVICE"] = "Tts:Device",
        ["AUDIO_DIR"] = "Audio:Directory",
        ["VOICES_DIR"] = "Tts:VoicesDirectory",
        ["VOICES_MIRROR"] = "Tts:VoicesMirror",
        ["OPENAPI_URL"] = "OpenApi:DocumentPath",
        ["DOCS_URL"] = "OpenApi:UiPath",
        ["API_KEYS"] = "Auth:Keys",
        ["CORS_ORIGINS"] = "Cors:Origins",
    };

    private static readonly Dictionary<string, LogLevel> LogLevels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["TRACE"] = LogLevel.Trace,
        ["DEBUG"] = LogLevel.Debug,
        ["INFO"] = LogLevel.Information,
        ["INFORMATION"] = LogLevel.Information,
        ["WARN"] = LogLevel.Warning,
        ["WARNING"] = LogLevel.Warning,
        ["ERROR"] = LogLevel.Error,
        ["CRITICAL"] = LogLevel.Critical,
    };

    /// <exception cref="StartupException">A value is wrong; the message names it.</exception>
    public static void AddDictation(this ConfigurationManager configuration, string[] args, string currentDirectory)
    {
        AddDotEnv(configuration, Path.Combine(currentDirectory, ".env"));
        configuration.AddEnvironmentVariables();
        configuration.AddCommandLine(args);
        configuration.AddInMemoryCollection(Translate(configuration, currentDirectory));
    }

    public static DatabaseProvider Provider(IConfiguration configuration) =>
        configuration[$"{DatabaseOptions.Section}:Provider"] is not { Length: > 0 } name ? DatabaseProviders.Sqlite
        : DatabaseProviders.Find(name) is { } provider ? provider
        : throw new StartupException($"Database:Provider is '{name}'; it must be {string.Join(" or ", DatabaseProviders.All)}.");

    private static void AddDotEnv(ConfigurationManager configuration, string path)
    {
        try
        {
            // Its values are settings of this program only: the process's environment stays as it is.
            configuration.AddDotNetEnv(path, LoadOptions.NoEnvVars());
        }
        catch (ParseException e)
        {
            throw new StartupException($"Line {e.Position.Line} of .env is not NAME=value. Correct or remove it.");
        }
    }

    private static Dictionary<string, string?> Translate(ConfigurationManager configuration, string currentDirectory)
    {
        var settings = new Dictionary<string, string?>();
        foreach (var (name, key) in ShortNames)
        {
            if (configuration[name] is { Length: > 0 } value)
            {
                settings[key] = value;
            }
        }

        if (configuration["LOG_LEVEL"] is { Length: > 0 } level)
        {
            settings["Logging:LogLevel:Default"] = LogLevels.TryGetValue(level, out var known)
                ? known.ToString()
                : throw new StartupException($"LOG_LEVEL is '{level}'; it must be one of {string.Join(", ", LogLevels.Keys)}.");
        }

        var data = Path.GetFullPath(configuration["DATA_DIR"] is { Length: > 0 } directory ? directory : configuration["DataDirectory"] ?? "data", currentDirectory);
        var audio = settings.GetValueOrDefault("Audio:Directory") ?? configuration["Audio:Directory"];
        settings["Audio:Directory"] = string.IsNullOrEmpty(audio) ? Path.Combine(data, "audio") : Path.GetFullPath(audio, currentDirectory);
        var voices = settings.GetValueOrDefault("Tts:VoicesDirectory") ?? configuration["Tts:VoicesDirectory"];
        settings["Tts:VoicesDirectory"] = string.IsNullOrEmpty(voices) ? "" : Path.GetFullPath(voices, currentDirectory);
        settings["Tts:DefaultVoicesDirectory"] = Path.Combine(data, "voices");
        TranslateDatabase(configuration, data, currentDirectory, settings);
        return settings;
    }

    private static void TranslateDatabase(ConfigurationManager configuration, string data, string currentDirectory, Dictionary<string, string?> settings)
    {
        var provider = Provider(configuration);
        var connection = configuration[$"{DatabaseOptions.Section}:ConnectionString"];
        if (configuration["DATABASE_URL"] is { Length: > 0 } url)
        {
            (provider, connection) = DatabaseUrl.Parse(url);
        }

        connection = provider.CompleteConnectionString(connection, data, currentDirectory);
        settings[$"{DatabaseOptions.Section}:Provider"] = provider.Name;
        settings[$"{DatabaseOptions.Section}:ConnectionString"] = connection;
    }
}
