using Dictation.Application.Abstractions;
using Dictation.Application.Lexicons;
using Dictation.Domain.Tts;
using Dictation.Speech.Lexicons;
using Dictation.Speech.Markup;
using Dictation.Speech.Reading;

namespace Dictation.Application.Tts;

/// <summary>Decides how texts are read: by what the request asks for and by the stored lexicon of the language, as it is now.</summary>
public sealed class SpeechReadings(ILexiconRepository repository, LexiconCache cache, IVoiceCatalog voices)
{
    /// <summary>What a valid request asks for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="voice">The voice that speaks; null where none does.</param>
    /// <exception cref="RequestInvalidException">An entry has phonemes, and the voice takes none.</exception>
    public static ReadingOptions Requested(IReadingRequest request, Voice? voice)
    {
        var entries = request.Lexicon?.Select(e => e!.ToEntry()).ToList() ?? [];
        if (voice is not { TakesPhonemes: true } && entries.FindIndex(e => e.Phonemes is not null) is >= 0 and var index)
        {
            throw new RequestInvalidException(
                $"lexicon[{index}].phonemes",
                $"{(voice is null ? "No voice speaks the language, so none" : $"The voice '{voice.Name}' does not take phonemes, so it")} can say those of the entry "
                + $"'{entries[index].Text}'. Give it 'spoken' instead, or choose a voice that takes phonemes.",
                "phonemes_unsupported");
        }

        return new ReadingOptions(request.InputFormat ?? InputFormat.Auto, entries, request.Emoji ?? false);
    }

    /// <summary>The contents with their readings.</summary>
    /// <exception cref="RequestInvalidException">The markup of a text is broken.</exception>
    public async Task<IReadOnlyList<SpeechContent>> ResolveAsync(IReadOnlyList<SpeechContent> contents, ReadingOptions requested, CancellationToken cancellationToken)
    {
        var lexicons = new Dictionary<(string, bool), Lexicon>();
        var resolved = new List<SpeechContent>(contents.Count);
        foreach (var content in contents)
        {
            var key = (content.Language, Phonemes: voices.Find(content.Voice)?.TakesPhonemes ?? false);
            if (!lexicons.TryGetValue(key, out var lexicon))
            {
                lexicons[key] = lexicon = await LexiconAsync(key.Language, key.Phonemes, requested, cancellationToken);
            }

            resolved.Add(content with { Reading = Resolve(content.Text, content.Language, lexicon, requested).ToJson() });
        }

        return resolved;
    }

    /// <summary>How one text is read.</summary>
    /// <exception cref="RequestInvalidException">The markup of the text is broken.</exception>
    public async Task<ReadingOptions> ResolveAsync(string text, string language, Voice? voice, ReadingOptions requested, CancellationToken cancellationToken) =>
        Resolve(text, language, await LexiconAsync(language, voice?.TakesPhonemes ?? false, requested, cancellationToken), requested);

    private static ReadingOptions Resolve(string text, string language, Lexicon lexicon, ReadingOptions requested)
    {
        if (lexicon.IsEmpty && !requested.Emoji)
        {
            return requested with { Lexicon = [] };
        }

        try
        {
            return requested.For(SpeechScript.Parse(text, requested.Format), language, lexicon);
        }
        catch (SpeechMarkupException e)
        {
            throw new RequestInvalidException("text", e.Message, "markup");
        }
    }

    /// <summary>The request's entries go before the stored ones.</summary>
    private async Task<Lexicon> LexiconAsync(string language, bool phonemes, ReadingOptions requested, CancellationToken cancellationToken)
    {
        var stored = await cache.FindAsync(repository, language, phonemes, cancellationToken);
        return requested.Lexicon.Count == 0 ? stored : new Lexicon(requested.Lexicon, stored);
    }
}
