using System.Text.Json;
using System.Text.RegularExpressions;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices.Installation;

/// <summary>The voices that can be installed by name: the file <c>voices.catalogue.json</c> beside the program, and the languages of MMS.</summary>
/// <param name="Voices">In the file's order, then by the code of their language.</param>
public sealed partial record VoiceListing(IReadOnlyList<ListedVoice> Voices)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static string DefaultPath => Path.Combine(AppContext.BaseDirectory, "voices.catalogue.json");

    /// <summary>The catalogue as it travels with the program.</summary>
    /// <exception cref="VoiceException">One of its files cannot be read.</exception>
    public static VoiceListing ReadShipped()
    {
        var mms = MmsLanguages.Read(MmsLanguages.DefaultPath);
        var names = mms.GroupBy(v => v.Language).ToDictionary(g => g.Key, g => g.First().Name);
        return new VoiceListing([.. Read(DefaultPath).Voices.Select(v => v with { Name = names.GetValueOrDefault(v.Language) }), .. mms]);
    }

    /// <exception cref="VoiceException">The file cannot be read, or something in it is not valid; the message says what.</exception>
    public static VoiceListing Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var listing = JsonSerializer.Deserialize<VoiceListing>(file, Json) ?? throw new VoiceException($"{Path.GetFileName(path)} is empty.");
            foreach (var voice in listing.Voices)
            {
                voice.Check();
            }

            return listing.Voices.GroupBy(v => v.Id).FirstOrDefault(g => g.Count() > 1) is { } twice
                ? throw new VoiceException($"{Path.GetFileName(path)} lists {twice.Key} twice.")
                : listing;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new VoiceException($"{Path.GetFileName(path)} cannot be read: {e.Message}", e);
        }
    }

    /// <returns>Null where no voice has that id.</returns>
    public ListedVoice? Find(string id) => VoiceNames.Compose(id) is var name ? Voices.FirstOrDefault(v => v.Id == name) : null;

    /// <summary>A name of a folder or of a file in it, which may have letters of any script.</summary>
    [GeneratedRegex(@"^[\p{L}\p{N}][\p{L}\p{M}\p{N}_.-]{0,99}\z")]
    internal static partial Regex PlainName();
}

/// <summary>A voice that can be installed.</summary>
/// <param name="Id">Its name, and its folder's.</param>
/// <param name="Language">BCP 47 primary language.</param>
/// <param name="Layout"><c>piper</c> or <c>mms</c>.</param>
/// <param name="Licence">Its name.</param>
/// <param name="Source">Where it comes from, for people.</param>
/// <param name="Base">The address that the files' paths are behind, ending in a slash; null where the hub is asked for the files.</param>
/// <param name="Files">Its files; empty where the hub is asked for them.</param>
public sealed record ListedVoice(string Id, string Language, string Layout, string Licence, string Source, Uri? Base, IReadOnlyList<ListedFile> Files)
{
    /// <summary>The repository on the hub that holds the voice alone; null where the files are listed here.</summary>
    public string? Repository { get; init; }

    /// <summary>The English name of its language; null where it is not known.</summary>
    public string? Name { get; init; }

    /// <summary>ISO 639-3, where the voice is named by it.</summary>
    public string? Code { get; init; }

    /// <summary>More about the licence, for people.</summary>
    public string? LicenceNote { get; init; }

    /// <summary>Bytes, as far as they are known.</summary>
    public long KnownSize => Files.Sum(f => f.Size ?? 0);

    /// <summary>The voice as it is downloaded when its files are listed here.</summary>
    public VoicePackage Package => new(Id, Installation.Licence.From(Licence), Source, Base, Files) { LicenceNote = LicenceNote };

    /// <summary>Whether it speaks a language, named in any of its forms: <c>fi</c>, <c>fin</c>, <c>fi_FI</c>.</summary>
    public bool Speaks(string language) => LanguageCode.Primary(Language) == LanguageCode.Primary(language) || string.Equals(Code, language.Trim(), StringComparison.OrdinalIgnoreCase);

    internal void Check()
    {
        if (!VoiceListing.PlainName().IsMatch(Id ?? ""))
        {
            throw new VoiceException($"The catalogue lists a voice with the id '{Id}', which is no name of a folder.");
        }

        var wrong = string.IsNullOrWhiteSpace(Language) ? "language"
            : Layout is not ("piper" or "mms") ? "layout"
            : string.IsNullOrWhiteSpace(Licence) ? "licence"
            : Base is not { IsAbsoluteUri: true, Scheme: "http" or "https" } || !Base.AbsolutePath.EndsWith('/') ? "base"
            : Files is not { Count: > 0 } || Files.Any(f => f is null || !f.IsValid) || Files.DistinctBy(f => f.Path).Count() != Files.Count ? "files"
            : null;
        if (wrong is not null)
        {
            throw new VoiceException($"In the catalogue, '{wrong}' of the voice {Id} is not valid.");
        }
    }
}
