using System.Text;
using System.Text.Json;
using Dictation.Infrastructure.Tts.Vits.HuggingFace;
using Dictation.Infrastructure.Tts.Voices.Installation.Hub;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices.Installation;

/// <summary>Finds the voice that a user asks for: in the catalogue, on the hub or in a folder. Nothing large is downloaded.</summary>
/// <param name="listing">The catalogue.</param>
/// <param name="hub">Asked for repositories.</param>
/// <param name="cache">The directory of the hub's cache.</param>
public sealed class VoiceSource(VoiceListing listing, HubClient hub, string cache)
{
    private const int MaxConfig = 1 << 20, MaxLocalFiles = 10_000;

    private const string DefaultRevision = "main";

    /// <param name="text">A name of the catalogue, a repository, or a folder.</param>
    /// <param name="id">The name that the voice gets; null for its own.</param>
    /// <exception cref="VoiceException">There is no such voice, or this service cannot use it; the message says why.</exception>
    public async Task<VoicePackage> FindAsync(string text, string? id, CancellationToken cancellationToken)
    {
        var reference = VoiceReference.Parse(text);
        var listed = reference is { Folder: null, Repository: null }
            ? listing.Find(text) ?? throw new VoiceException($"The catalogue has no voice {text}. 'voices list' shows those it has; a repository on the hub is owner/name, a folder begins with ./ or /.")
            : null;
        var package = reference.Folder is { } folder ? ReadFolder(folder, id)
            : reference.Repository is { } repository ? await FromHubAsync(repository, reference.Voice, reference.Revision, id, cancellationToken)
            : listed!.Repository is { } own ? await FromHubAsync(own, null, DefaultRevision, id, cancellationToken)
            : listed.Package;
        return package with { Id = Named(id ?? package.Id), Licence = package.Licence.IsKnown ? package.Licence : LicenceListed(package, reference.Voice) };
    }

    private static string Named(string id) => VoiceListing.PlainName().IsMatch(id) ? VoiceNames.Compose(id)
        : throw new VoiceException($"{id} is no name for a voice. Choose one of letters, digits, '-', '_' and '.' with --name.");

    /// <summary>The catalogue's word where the repository has none.</summary>
    private Licence LicenceListed(VoicePackage package, string? voice)
    {
        return Licence.From(listing.Voices.FirstOrDefault(IsSame)?.Licence);

        bool IsSame(ListedVoice listed) => package.Origin is { } origin && (listed.Repository is { } repository
            ? repository == origin.Source
            : listed.Id == voice && listed.Base!.AbsolutePath.StartsWith($"/{origin.Source}/", StringComparison.Ordinal));
    }

    private static VoicePackage ReadFolder(string path, string? id)
    {
        try
        {
            return FromFolder(path, id);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VoiceException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static VoicePackage FromFolder(string path, string? id)
    {
        var local = LocalFiles.At(path);
        if (!Directory.Exists(local.Folder))
        {
            throw new VoiceException($"There is no folder {path}.");
        }

        var files = new List<HubFile>();
        var depth = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1, AttributesToSkip = FileAttributes.None };
        foreach (var file in Directory.EnumerateFiles(local.Folder, "*", depth).Take(MaxLocalFiles))
        {
            var name = Path.GetRelativePath(local.Folder, file).Replace(Path.DirectorySeparatorChar, '/');
            files.Add(new HubFile(name, local.Find(name) is { } real ? new FileInfo(real).Length : null, null, null));
        }

        var layout = VoiceLayout.Find(path, files, null)
            ?? throw Unknown(path, files, local.Find(VitsConfig.FileName) is { } config && new FileInfo(config).Length <= MaxConfig ? File.ReadAllBytes(config) : null);
        local = local with { Folder = Path.TrimEndingDirectorySeparator(Path.Combine(local.Folder, layout.Folder)) };
        return new VoicePackage(
            id ?? NameOf(local, layout), LicenceOf(local), path, null, layout.Files, new PackageOrigin(local.Repository ?? local.Folder, local.Commit), local);
    }

    /// <summary>The name of the repository or the folder; within a repository that holds many, that of the network.</summary>
    private static string NameOf(LocalFiles local, VoiceLayout layout)
    {
        var folder = Path.GetFileName(local.Folder);
        return local.Repository is not { } repository ? folder
            : folder == local.Commit ? repository.Split('/')[^1]
            : Path.GetFileNameWithoutExtension(layout.Files.First(f => f.IsModel).Path);
    }

    private static Licence LicenceOf(LocalFiles local) => Licence.From(
        (local.Find(VoiceCard.Piper) is { } piper ? VoiceCard.OfPiper(piper) : null) ?? (local.Find(VoiceCard.HuggingFace) is { } card ? VoiceCard.OfHuggingFace(card) : null));

    private async Task<VoicePackage> FromHubAsync(string repository, string? voice, string revision, string? id, CancellationToken cancellationToken)
    {
        var found = await hub.ReadRevisionAsync(repository, revision, cancellationToken);
        if (found.Find(PiperIndex.FileName) is { } index)
        {
            return await FromPiperIndexAsync(found, index, voice, cancellationToken);
        }

        var layout = VoiceLayout.Find(repository, found.Files, voice)
            ?? throw Unknown(repository, found.Files, found.Find(VitsConfig.FileName) is { } config ? await hub.ReadFileAsync(found, config, MaxConfig, cancellationToken) : null);
        return Package(found, layout, id ?? voice ?? repository.Split('/')[^1], Licence.From(found.Licence));
    }

    /// <summary>A voice of a repository that holds many. Each has a licence of its own, on its card.</summary>
    private async Task<VoicePackage> FromPiperIndexAsync(HubRevision found, HubFile index, string? voice, CancellationToken cancellationToken)
    {
        if (voice is null)
        {
            throw new VoiceException($"{found.Repository} holds many voices. Name one behind a colon, such as {found.Repository}:fi_FI-harri-medium.");
        }

        var (model, md5) = PiperIndex.Find(found.Repository, await hub.ReadFileAsync(found, index, PiperIndex.MaxBytes, cancellationToken), voice);
        var files = found.Files.DistinctBy(f => f.Path).ToDictionary(f => f.Path, StringComparer.Ordinal);
        if (!files.ContainsKey(model) || !files.ContainsKey(model + ".json"))
        {
            throw new VoiceException($"{PiperIndex.FileName} of {found.Repository} lists {model}, which the repository does not hold with its configuration.");
        }

        var layout = VoiceLayout.PiperAt(files, model);
        layout = layout with { Files = [.. layout.Files.Select(f => f with { Md5 = f.HasChecksum ? null : md5.GetValueOrDefault(layout.Folder + f.Path) })] };
        return Package(found, layout, voice, Licence.Unknown);
    }

    private VoicePackage Package(HubRevision found, VoiceLayout layout, string id, Licence licence)
    {
        var local = LocalFiles.InCache(cache, found.Repository, found.Commit);
        return new VoicePackage(
            id,
            licence,
            found.Page,
            new Uri(found.Root, layout.Folder),
            layout.Files,
            new PackageOrigin(found.Repository, found.Commit),
            local is null ? null : local with { Folder = Path.Combine(local.Folder, layout.Folder) });
    }

    /// <summary>Says what a repository is that holds no voice of a known layout, as far as its files tell.</summary>
    private static VoiceException Unknown(string origin, IReadOnlyList<HubFile> files, byte[]? config)
    {
        const string PickledWeights = "pytorch_model.bin";
        var text = config is null ? "" : Encoding.UTF8.GetString(config);
        return new VoiceException(
            text.Contains("\"use_phonemes\"", StringComparison.Ordinal) && CoquiPhonemizer(text) is { } phonemizer
                ? $"{origin} is a voice of Coqui's whose text must be turned into phonemes by {phonemizer}, which this service does not do."
            : files.Any(f => f.Path == PickledWeights)
                ? $"{origin} has its weights only in {PickledWeights}, a format that can hold programs and is not loaded. Choose a revision or a copy with {VitsWeights.SingleFile}."
            : $"{origin} is in no layout that this service reads: there is no {VitsWeights.SingleFile} or model.onnx with {HuggingFaceTokenizer.Vocabulary}, and no *.onnx with *.onnx.json or {SherpaTokens.FileName}.");
    }

    /// <summary>The program that makes the phonemes; null where the voice reads letters or its configuration is not readable.</summary>
    private static string? CoquiPhonemizer(string config)
    {
        try
        {
            using var document = JsonDocument.Parse(config);
            var root = document.RootElement;
            return root.TryGetProperty("use_phonemes", out var uses) && uses.ValueKind == JsonValueKind.True
                ? root.TryGetProperty("phonemizer", out var name) && name.ValueKind == JsonValueKind.String ? $"its phonemizer {name.GetString()}" : "its own phonemizer"
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
