using System.Text.RegularExpressions;
using Dictation.Infrastructure.Tts.Vits.HuggingFace;
using Dictation.Infrastructure.Tts.Voices.Installation.Hub;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices.Installation;

/// <summary>Chooses the files of a voice among those of a repository or a folder, by the layouts that this service reads.</summary>
/// <param name="Folder">Where in the repository they are: empty, or a path that ends in a slash.</param>
/// <param name="Files">Those that are needed, with paths behind the folder.</param>
internal sealed partial record VoiceLayout(string Folder, IReadOnlyList<ListedFile> Files)
{
    private const string Network = ".onnx", PiperConfig = ".onnx.json", Exported = "model.onnx", ExportedBelow = "onnx/model.onnx";

    /// <summary>The most bytes that a file beside the network can need, and that a card is worth.</summary>
    private const long MaxSmall = 16 << 20, MaxCard = 1 << 20;

    private const int MaxNamed = 10;

    private static readonly string[] Settings =
    [
        VitsConfig.FileName, HuggingFaceTokenizer.Vocabulary, HuggingFaceTokenizer.Config, HuggingFaceTokenizer.SpecialTokens, HuggingFaceTokenizer.AddedTokens,
        HuggingFaceTokenizer.Whole,
    ];

    /// <param name="origin">Names the repository or folder to people.</param>
    /// <param name="files">All that it holds.</param>
    /// <param name="voice">Which of its voices; null for the only one.</param>
    /// <returns>Null where it is in none of the layouts.</returns>
    /// <exception cref="VoiceException">It holds several voices and none is chosen, or not the one that is.</exception>
    public static VoiceLayout? Find(string origin, IReadOnlyList<HubFile> files, string? voice)
    {
        var byPath = files.Where(f => f.Path.Length > 0).DistinctBy(f => f.Path).ToDictionary(f => f.Path, StringComparer.Ordinal);
        return (voice is null ? Published(byPath) : null) ?? Piper(origin, byPath, voice) ?? (voice is null ? OnnxExport(byPath) ?? Sherpa(origin, byPath) : null);
    }

    /// <summary>The files of a Piper voice around its network.</summary>
    public static VoiceLayout PiperAt(IReadOnlyDictionary<string, HubFile> files, string model)
    {
        var folder = model[..(model.LastIndexOf('/') + 1)];
        return new VoiceLayout(
            folder,
            [.. new[] { model, model + ".json", folder + VoiceCard.Piper, folder + VoiceCard.HuggingFace }.Where(files.ContainsKey).Select(p => Listed(files[p], folder)).Where(IsWanted)]);
    }

    private static VoiceLayout? Published(Dictionary<string, HubFile> files) =>
        !files.ContainsKey(VitsConfig.FileName) || !files.ContainsKey(HuggingFaceTokenizer.Vocabulary) ? null
        : files.ContainsKey(VitsWeights.IndexFile) ? WithSettings(files, [VitsWeights.IndexFile, .. files.Keys.Where(p => Shard().IsMatch(p)).Order(StringComparer.Ordinal)])
        : files.ContainsKey(VitsWeights.SingleFile) ? WithSettings(files, [VitsWeights.SingleFile])
        : null;

    private static VoiceLayout? OnnxExport(Dictionary<string, HubFile> files) =>
        !files.ContainsKey(HuggingFaceTokenizer.Vocabulary) && !files.ContainsKey(HuggingFaceTokenizer.Whole) ? null
        : files.ContainsKey(Exported) ? WithSettings(files, [Exported])
        : files.ContainsKey(ExportedBelow) ? WithSettings(files, [ExportedBelow])
        : null;

    /// <summary>sherpa-onnx's, whose model holds the settings: the whole network before those with smaller numbers.</summary>
    private static VoiceLayout? Sherpa(string origin, Dictionary<string, HubFile> files)
    {
        var models = files.Keys.Where(p => p.EndsWith(Network, StringComparison.Ordinal) && !p.Contains('/', StringComparison.Ordinal)).ToList();
        if (!files.ContainsKey(SherpaTokens.FileName) || models.Count == 0)
        {
            return null;
        }

        if (files.ContainsKey(SherpaTokens.Lexicon))
        {
            throw new VoiceException($"{origin} {SherpaTokens.NeedsLexicon}");
        }

        var model = models.Contains(Exported) ? Exported : models.Order(StringComparer.Ordinal).MinBy(name => name.Length)!;
        return new VoiceLayout("", [.. new[] { model, SherpaTokens.FileName, VoiceCard.Piper, VoiceCard.HuggingFace }.Where(files.ContainsKey).Select(p => Listed(files[p], "")).Where(IsWanted)]);
    }

    private static VoiceLayout? Piper(string origin, Dictionary<string, HubFile> files, string? voice)
    {
        var models = files.Keys.Where(p => p.EndsWith(Network, StringComparison.Ordinal) && files.ContainsKey(p + ".json")).Order(StringComparer.Ordinal).ToList();
        if (voice is null)
        {
            var atRoot = models.Where(m => !m.Contains('/', StringComparison.Ordinal)).ToList();
            return (atRoot.Count > 0 ? atRoot : models) switch
            {
                [] => null,
                [var only] => PiperAt(files, only),
                var several => throw new VoiceException(
                    $"{origin} holds several voices. Name one behind a colon: {string.Join(", ", several.Take(MaxNamed).Select(NameOf))}{(several.Count > MaxNamed ? " …" : "")}."),
            };
        }

        return models.FirstOrDefault(m => VoiceNames.Compose(NameOf(m)) == VoiceNames.Compose(voice)) is { } model
            ? PiperAt(files, model)
            : throw new VoiceException($"{origin} has no voice {voice}: there is no {voice}{Network} with {voice}{PiperConfig} beside it.");
    }

    private static string NameOf(string model) => model[(model.LastIndexOf('/') + 1)..^Network.Length];

    private static VoiceLayout WithSettings(Dictionary<string, HubFile> files, IEnumerable<string> weights) => new(
        "",
        [.. weights.Concat(Settings.Append(VoiceCard.HuggingFace).Where(files.ContainsKey)).Select(p => Listed(files[p], "")).Where(IsWanted)]);

    private static ListedFile Listed(HubFile file, string folder) => file.Path.Split('/').All(VoiceListing.PlainName().IsMatch)
        ? new ListedFile(file.Path[folder.Length..], file.Size, file.Sha256, null, VoiceCard.IsCard(file.Path[folder.Length..]), file.GitSha1)
        : throw new VoiceException($"{file.Path} has a name that is not taken here. Use letters, digits, '-', '_' and '.'.");

    private static bool IsWanted(ListedFile file) =>
        VoiceCard.IsCard(file.Path) ? file.Size is null or <= MaxCard
        : file.IsModel || file.Size is null or <= MaxSmall ? true
        : throw new VoiceException($"{file.Path} has {file.Size >> 20} MB, which is more than such a file can need.");

    [GeneratedRegex(@"^model-\d{5}-of-\d{5}\.safetensors\z")]
    private static partial Regex Shard();
}
