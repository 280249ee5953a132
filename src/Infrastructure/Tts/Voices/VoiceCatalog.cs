using System.Collections.Concurrent;
using System.Text;
using Dictation.Application;
using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Tts.Vits.HuggingFace;
using Dictation.Speech;
using Microsoft.Extensions.Logging;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>
/// The voices found on disk: the built-in ones first, then those of the operator's own folder, which is looked at again and again; what has
/// not changed is not read again. With espeak-ng as the fallback, its voices for every other language.
/// </summary>
public sealed partial class VoiceCatalog : IVoiceCatalog
{
    /// <summary>Stands for the directory itself. Only the operator may see its path.</summary>
    private const string DirectorySetting = "Tts:VoicesDirectory";

    /// <summary>How long what was seen is believed, unless somebody asks for more.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly TtsOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<VoiceCatalog> _logger;
    private readonly string _builtInDirectory;
    private readonly VoiceFamilies _families;
    private readonly Lock _looking = new();
    private readonly Dictionary<string, (string Fingerprint, InstalledVoice Voice)> _read = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _whole = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private volatile Seen _seen = new(new(StringComparer.Ordinal), [], [], "");
    private long _lookedAt;
    private IReadOnlyList<EspeakVoice> _espeak = [];
    private string? _espeakFor;

    /// <summary>Scans the voices that travel with the program and those of <see cref="TtsOptions.VoicesDirectory"/>.</summary>
    /// <param name="options">Name the operator's folder and the default voice.</param>
    /// <param name="clock">Tells when to look again.</param>
    /// <param name="logger">Gets one warning for each broken folder and each thing that is wrong with it.</param>
    /// <param name="families">Read the folders.</param>
    /// <param name="builtInDirectory">Where the built-in voices are; null for beside the program.</param>
    /// <exception cref="StartupException">No voice is usable, or the default voice named in the options is not among them.</exception>
    public VoiceCatalog(TtsOptions options, TimeProvider clock, ILogger<VoiceCatalog> logger, VoiceFamilies families, string? builtInDirectory = null)
    {
        _options = options;
        _clock = clock;
        _families = families;
        _logger = logger;
        _builtInDirectory = builtInDirectory ?? Path.Combine(AppContext.BaseDirectory, "voices");
        Refresh();
        if (Voices.Count == 0)
        {
            throw new StartupException("No usable voice was found." + string.Concat(Problems.Select(p => $" {p.Folder}: {p.Reason}")));
        }

        if (options.DefaultVoice.Length > 0 && Find(options.DefaultVoice) is null)
        {
            throw new StartupException($"The default voice {options.DefaultVoice} was not found. Found: {string.Join(", ", Voices.Select(v => v.Name))}.");
        }
    }

    public IReadOnlyList<Voice> Voices => Look().Voices;

    public IReadOnlyList<VoiceProblem> Problems => Look().Problems;

    public Voice DefaultVoice => (_options.DefaultVoice.Length > 0 ? Find(_options.DefaultVoice) : null) ?? Look() switch
    {
        { Installed: var installed, FirstName: var first } when installed.TryGetValue(first, out var voice) => voice.Voice,
        var seen => seen.Voices[0],
    };

    public Voice? Find(string name) => FindInstalled(name)?.Voice;

    public Voice? FindByLanguage(string language)
    {
        var (code, region) = (LanguageCode.Primary(language), LanguageCode.Region(language));
        List<Voice> speaking = [.. Voices.Prepend(DefaultVoice).SelectMany(WithSpeakers).Where(voice => voice.Language == code)];
        return speaking.FirstOrDefault(voice => region is not null && voice.Region == region) ?? speaking.FirstOrDefault();
    }

    /// <summary>The voice, and its first speaker of each other language.</summary>
    private IEnumerable<Voice> WithSpeakers(Voice voice) => voice.SpeakerDetails
        .DistinctBy(speaker => (speaker.Language, speaker.Region))
        .Where(speaker => (speaker.Language, speaker.Region) != (voice.Language, voice.Region))
        .Select(speaker => Find($"{voice.Name}{VoiceChoice.SpeakerMark}{speaker.Name}"))
        .OfType<Voice>()
        .Prepend(voice);

    public void Refresh()
    {
        lock (_looking)
        {
            var seen = Scan();
            foreach (var problem in seen.Problems.Except(_seen.Problems))
            {
                LogSkipped(problem.Folder, problem.Reason);
            }

            // A catalogue once filled is not emptied by a disk that is away for a while.
            if (seen.Voices.Count > 0 || _seen.Voices.Count == 0)
            {
                _seen = seen;
            }

            _missing.Clear();
            Volatile.Write(ref _lookedAt, _clock.GetTimestamp());
        }
    }

    /// <summary>Takes down, for those who list voices, that one runs whole.</summary>
    /// <param name="voice">The voice.</param>
    /// <param name="reason">A sentence.</param>
    public void NoteWhole(InstalledVoice voice, string reason) => _whole.TryAdd(voice.ModelKey, reason);

    /// <summary>The voice of that name, or of that name and speaker, to be loaded; or null.</summary>
    public InstalledVoice? FindInstalled(string name)
    {
        name = VoiceNames.Compose(name);
        if (Find(Look(), name) is { } found)
        {
            return found;
        }

        return LookFor(name.Split(VoiceChoice.SpeakerMark)[0]) ? Find(_seen, name) : null;
    }

    /// <summary>
    /// Looks for a voice that may have been put there just now. Where no folder has its name, or it was looked for since the last look and not found,
    /// nothing is read.
    /// </summary>
    private bool LookFor(string name)
    {
        lock (_looking)
        {
            if (_seen.Installed.ContainsKey(name) || _missing.Contains(name) || !HasFolder(name))
            {
                return _seen.Installed.ContainsKey(name);
            }

            Refresh();
            if (!_seen.Installed.ContainsKey(name))
            {
                _missing.Add(name);
                return false;
            }

            return true;
        }
    }

    private bool HasFolder(string name) => name.Length > 0 && name == Path.GetFileName(name) && new[] { name, Decomposed(name) }
        .Any(n => Directory.Exists(Path.Combine(OwnDirectory, n)));

    private static string Decomposed(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormD);
        }
        catch (ArgumentException)
        {
            return name;
        }
    }

    private string OwnDirectory => _options.VoicesDirectory.Length > 0 ? _options.VoicesDirectory : _options.DefaultVoicesDirectory;

    private static InstalledVoice? Find(Seen seen, string name)
    {
        if (seen.Installed.TryGetValue(name, out var voice))
        {
            return voice;
        }

        var mark = name.IndexOf(VoiceChoice.SpeakerMark);
        return mark > 0 ? seen.Installed.GetValueOrDefault(name[..mark])?.Speaker(name[(mark + 1)..]) : null;
    }

    private Seen Look()
    {
        if (_clock.GetElapsedTime(Volatile.Read(ref _lookedAt)) >= Interval && _looking.TryEnter())
        {
            try
            {
                Refresh();
            }
            finally
            {
                _looking.Exit();
            }
        }

        return _seen;
    }

    private Seen Scan()
    {
        var installed = new SortedDictionary<string, InstalledVoice>(StringComparer.Ordinal);
        var problems = new List<VoiceProblem>();
        Scan(_builtInDirectory, installed, problems);
        var first = installed.Keys.FirstOrDefault() ?? "";
        if (_options.VoicesDirectory.Length > 0 && !Directory.Exists(_options.VoicesDirectory))
        {
            problems.Add(new VoiceProblem(DirectorySetting, "The directory that it names does not exist."));
        }

        Scan(OwnDirectory, installed, problems);

        var neural = installed.Values.Select(v => v.Voice).ToList();
        if (_options.EspeakFallback)
        {
            foreach (var voice in EspeakVoices(neural, problems))
            {
                installed.TryAdd(voice.Voice.Name, voice);
            }
        }

        return new Seen(installed, [.. installed.Values.Select(v => v.Voice)], problems, first);
    }

    private IReadOnlyList<EspeakVoice> EspeakVoices(List<Voice> neural, List<VoiceProblem> problems)
    {
        if (EspeakNg.Missing is { } missing)
        {
            problems.Add(new VoiceProblem("espeak-ng", $"Tts:EspeakFallback is on, but {missing}."));
            return [];
        }

        var spoken = neural.Select(v => v.Language).Distinct().Order(StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        var of = string.Join(' ', spoken);
        if (of != _espeakFor)
        {
            _espeak = [.. EspeakVoice.For(spoken)];
            _espeakFor = of;
        }

        return _espeak;
    }

    private void Scan(string root, SortedDictionary<string, InstalledVoice> installed, List<VoiceProblem> problems)
    {
        foreach (var directory in Folders(root, problems))
        {
            var name = VoiceNames.Compose(Path.GetFileName(directory));
            if (installed.ContainsKey(name))
            {
                problems.Add(new VoiceProblem(name, "There is another voice of that name."));
                continue;
            }

            if (name.Contains(VoiceChoice.SpeakerMark, StringComparison.Ordinal))
            {
                problems.Add(new VoiceProblem(name, "A voice's name cannot hold '#', which stands before a speaker's. Rename the folder."));
                continue;
            }

            try
            {
                var fingerprint = Fingerprint(directory);
                if (!_read.TryGetValue(directory, out var read) || read.Fingerprint != fingerprint)
                {
                    read = (fingerprint, _families.Read(directory));
                    _read[directory] = read;
                }

                installed.Add(name, read.Voice with { Voice = read.Voice.Voice with { Name = name, Notes = Notes(read.Voice) } });
            }
            catch (VoiceException e)
            {
                _read.Remove(directory);
                problems.Add(new VoiceProblem(name, e.Message));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add(new VoiceProblem(name, "The folder cannot be read. Check its permissions."));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // Whatever a folder holds, the other voices speak.
                _read.Remove(directory);
                problems.Add(new VoiceProblem(name, $"Its files do not make a voice: {e.Message.ReplaceLineEndings(" ")}"));
            }
        }
    }

    private IReadOnlyList<string> Notes(InstalledVoice voice) => (voice.WhyWhole ?? _whole.GetValueOrDefault(voice.ModelKey)) is { } reason
        ? [.. voice.Voice.Notes, $"It runs whole, so its first sound comes after the whole sentence. {reason}"]
        : voice.Voice.Notes;

    private List<string> Folders(string root, List<VoiceProblem> problems)
    {
        try
        {
            return root.Length > 0 && Directory.Exists(root) ? [.. Directory.EnumerateDirectories(root).Where(_families.Matches).Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new VoiceProblem(DirectorySetting, "The directory that it names cannot be read. Check its permissions."));
            return [];
        }
    }

    /// <summary>Changes when a file of the folder does.</summary>
    private static string Fingerprint(string directory) => string.Join('\n', VoiceFiles.Entries(directory)
        .OfType<FileInfo>()
        .Select(f => $"{f.FullName} {f.Length} {f.LastWriteTimeUtc.Ticks}")
        .Order(StringComparer.Ordinal));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Skipped the voice folder {Folder}: {Reason}")]
    private partial void LogSkipped(string folder, string reason);

    /// <summary>The result of one look into the directory.</summary>
    /// <param name="FirstName">The first built-in voice's name.</param>
    private sealed record Seen(
        SortedDictionary<string, InstalledVoice> Installed, IReadOnlyList<Voice> Voices, IReadOnlyList<VoiceProblem> Problems, string FirstName);
}
