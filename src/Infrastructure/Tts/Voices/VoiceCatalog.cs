using Dictation.Application;
using Dictation.Application.Abstractions;
using Microsoft.Extensions.Logging;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>The voices found on disk at start: the built-in ones first, then those of the operator's own folder.</summary>
public sealed partial class VoiceCatalog : IVoiceCatalog
{
    private readonly SortedDictionary<string, VitsVoiceFolder> _folders = new(StringComparer.Ordinal);
    private readonly List<VoiceProblem> _problems = [];
    private readonly ILogger<VoiceCatalog> _logger;

    /// <summary>Scans the voices that travel with the program and those of <see cref="TtsOptions.VoicesDirectory"/>.</summary>
    /// <param name="options">Name the operator's folder and the default voice.</param>
    /// <param name="logger">Gets one warning for each broken folder.</param>
    /// <param name="builtInDirectory">Where the built-in voices are; null for beside the program.</param>
    /// <exception cref="StartupException">No voice is usable, or the default voice named in the options is not among them.</exception>
    public VoiceCatalog(TtsOptions options, ILogger<VoiceCatalog> logger, string? builtInDirectory = null)
    {
        _logger = logger;
        Scan(builtInDirectory ?? Path.Combine(AppContext.BaseDirectory, "voices"));
        var firstBuiltIn = _folders.Keys.FirstOrDefault();
        if (!string.IsNullOrWhiteSpace(options.VoicesDirectory))
        {
            if (Directory.Exists(options.VoicesDirectory))
            {
                Scan(options.VoicesDirectory);
            }
            else
            {
                Skip(options.VoicesDirectory, "The folder does not exist.");
            }
        }

        Voices = [.. _folders.Values.Select(folder => folder.Voice)];
        if (Voices.Count == 0)
        {
            throw new StartupException("No usable voice was found." + string.Concat(_problems.Select(p => $" {p.Folder}: {p.Reason}")));
        }

        var defaultName = options.DefaultVoice.Length > 0 ? options.DefaultVoice : firstBuiltIn ?? Voices[0].Name;
        DefaultVoice = Find(defaultName)
            ?? throw new StartupException($"The default voice {defaultName} was not found. Found: {string.Join(", ", _folders.Keys)}.");
    }

    public IReadOnlyList<Voice> Voices { get; }

    public Voice DefaultVoice { get; }

    /// <summary>The folders that were skipped, in the order met.</summary>
    public IReadOnlyList<VoiceProblem> Problems => _problems;

    public Voice? Find(string name) => FindFolder(name)?.Voice;

    public Voice? FindByLanguage(string language)
    {
        var code = LanguageCode.Primary(language);
        return DefaultVoice.Language == code ? DefaultVoice : Voices.FirstOrDefault(voice => voice.Language == code);
    }

    /// <summary>Where the voice of that name lies, or null.</summary>
    public VitsVoiceFolder? FindFolder(string name) => _folders.GetValueOrDefault(name);

    private void Scan(string root)
    {
        if (!Directory.Exists(root))
        {
            return;
        }

        foreach (var directory in Directory.EnumerateDirectories(root).Where(VitsVoiceFolder.Matches).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(directory);
            if (_folders.ContainsKey(name))
            {
                Skip(name, "A voice of that name is built in.");
                continue;
            }

            try
            {
                _folders.Add(name, VitsVoiceFolder.Read(directory));
            }
            catch (VoiceException e)
            {
                Skip(name, e.Message);
            }
        }
    }

    private void Skip(string folder, string reason)
    {
        _problems.Add(new VoiceProblem(folder, reason));
        LogSkipped(folder, reason);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Skipped the voice folder {Folder}: {Reason}")]
    private partial void LogSkipped(string folder, string reason);
}

/// <param name="Folder">The folder's name.</param>
/// <param name="Reason">A sentence that says what is wrong with it.</param>
public sealed record VoiceProblem(string Folder, string Reason);
