using Dictation.Application.Lexicons;
using Dictation.Speech.Markup;
using FluentValidation;

namespace Dictation.Application.Tts;

/// <summary>How a request wants its text read.</summary>
public interface IReadingRequest
{
    /// <summary>How the text is written; to be seen by the text when left out.</summary>
    InputFormat? InputFormat { get; }

    /// <summary>Words and how they are said, before those of the language's stored lexicon.</summary>
    IReadOnlyList<LexiconEntryInput?>? Lexicon { get; }

    /// <summary>Whether common emoji are said by their names.</summary>
    bool? Emoji { get; }
}

/// <summary>What every request for speech may say besides its text.</summary>
public interface ISpeechOptions : IReadingRequest
{
    /// <summary>Display name of the download, up to 255 characters; never part of a path.</summary>
    string? CustomFilename { get; }

    /// <summary>BCP 47 tag, 2..10 characters; the default voice's when left out.</summary>
    string? Language { get; }

    /// <summary>A name from the list of voices; the language's first when left out.</summary>
    string? Voice { get; }

    /// <summary>0.5..2.0; 1.0 is the voice's own pace.</summary>
    double? SpeakingRate { get; }
}

/// <summary>The rules for <see cref="ISpeechOptions"/>.</summary>
public sealed class SpeechOptionsValidator : AbstractValidator<ISpeechOptions>
{
    public SpeechOptionsValidator()
    {
        RuleFor(o => o.CustomFilename).RuneLength(1, 255).PlainFileName();
        RuleFor(o => o.Language).RuneLength(2, 10);
        RuleFor(o => o.Voice).RuneLength(1, 255);
        RuleFor(o => o.SpeakingRate).SpeakingRate();
        Include(new ReadingRequestValidator());
    }
}

/// <summary>The rules for <see cref="IReadingRequest"/>.</summary>
public sealed class ReadingRequestValidator : AbstractValidator<IReadingRequest>
{
    public const int MaxEntries = 200;

    public ReadingRequestValidator() => this.Entries(o => o.Lexicon, MaxEntries, required: false);
}
