using Dictation.Domain.Tts;
using Dictation.Speech.Markup;
using FluentValidation;
using FluentValidation.Results;
using FluentValidation.Validators;

namespace Dictation.Application;

/// <summary>The rule of a text to be spoken: what looks like markup is right, and leaves something to say.</summary>
/// <param name="format">How the text is written.</param>
internal sealed class SpeakableRule<T>(Func<T, InputFormat?> format) : PropertyValidator<T, string?>
{
    /// <summary>UTF-16 units. A longer text breaks the rule of its length and is not parsed.</summary>
    public const int MaxMarkedText = 2 * TtsTask.MaxTextLength;

    public override string Name => "Speakable";

    /// <summary>Adds the failure itself: it has one of two codes, and the parser's own sentence.</summary>
    public override bool IsValid(ValidationContext<T> context, string? value)
    {
        try
        {
            if (value is { Length: <= MaxMarkedText } && Script(context.InstanceToValidate, value) is { HasMarkup: true } script
                && script.Parts.All(p => string.IsNullOrWhiteSpace(p.Text) && p.Phonemes is null))
            {
                context.AddFailure(new ValidationFailure(context.PropertyPath, "There is nothing to say in the text besides its markup.") { ErrorCode = "blank" });
            }
        }
        catch (SpeechMarkupException e)
        {
            context.AddFailure(new ValidationFailure(context.PropertyPath, e.Message) { ErrorCode = "markup" });
        }

        return true;
    }

    /// <summary>Null where the text has no markup.</summary>
    private SpeechScript? Script(T request, string text) => (format(request) ?? InputFormat.Auto) is var written and not InputFormat.Auto ? SpeechScript.Parse(text, written)
        : SpeechScript.MayHaveMarkup(text) ? SpeechScript.Parse(text)
        : null;

    /// <summary>What the OpenAPI document says of the field.</summary>
    protected override string GetDefaultMessageTemplate(string errorCode) =>
        "Markup must be well formed and leave something to say.";
}
