using System.ComponentModel;
using Dictation.Speech;
using Dictation.Speech.Lexicons;
using FluentValidation;

namespace Dictation.Application.Lexicons;

/// <summary>Words and how they are said: by other words or by phonemes.</summary>
/// <param name="Text">The words as they are written; whole words of a text are compared with them.</param>
/// <param name="Spoken">What is read in their place.</param>
/// <param name="Phonemes">Their sounds, for voices that take phonemes.</param>
/// <param name="Alphabet">How the phonemes are written.</param>
/// <param name="CaseSensitive">Whether small and capital letters differ.</param>
public sealed record LexiconEntryInput(
    string? Text,
    string? Spoken = null,
    string? Phonemes = null,
    [property: DefaultValue(LexiconEntryInput.Ipa)] string? Alphabet = null,
    [property: DefaultValue(false)] bool? CaseSensitive = null)
{
    /// <summary>The names of the alphabets.</summary>
    public const string Ipa = "ipa", XSampaName = "x-sampa";

    public static LexiconEntryInput From(LexiconEntry entry) =>
        new(entry.Text, entry.Spoken, entry.Phonemes, NameOf(entry.Alphabet), entry.CaseSensitive);

    public static string NameOf(PhonemeAlphabet alphabet) => alphabet == PhonemeAlphabet.XSampa ? XSampaName : Ipa;

    /// <summary>The entry of a valid input.</summary>
    public LexiconEntry ToEntry() => new(Text!, Spoken, Phonemes, Alphabet == XSampaName ? PhonemeAlphabet.XSampa : PhonemeAlphabet.Ipa, CaseSensitive ?? false);
}

public sealed class LexiconEntryInputValidator : AbstractValidator<LexiconEntryInput>
{
    public LexiconEntryInputValidator()
    {
        RuleFor(e => e.Text).NotBlank().RuneLength(1, LexiconEntry.MaxText);
        RuleFor(e => e.Spoken).RuneLength(1, LexiconEntry.MaxSpoken)
            .Must(s => s is null || !string.IsNullOrWhiteSpace(s)).WithErrorCode("blank").WithMessage("'{PropertyName}' must not be blank.")
            .Must((e, s) => s is null != e.Phonemes is null).WithErrorCode("entry").WithMessage("An entry has either 'spoken' or 'phonemes'.");
        RuleFor(e => e.Phonemes).RuneLength(1, LexiconEntry.MaxPhonemes)
            .Must(IsPlain).WithErrorCode("phonemes").WithMessage("'{PropertyName}' must be phonemes in one line, without square brackets.")
            .Must((e, p) => p is null || e.Alphabet != LexiconEntryInput.XSampaName || XSampa.ToIpa(p) is not null)
            .WithErrorCode("phonemes").WithMessage("'{PropertyName}' must be X-SAMPA, as its alphabet says.");
        RuleFor(e => e.Alphabet).Within(
            new Bounds { Pattern = "^(ipa|x-sampa)$" }, "alphabet", "'{PropertyName}' must be 'ipa' or 'x-sampa'.");
    }

    private static bool IsPlain(string? phonemes) =>
        phonemes is null || (!string.IsNullOrWhiteSpace(phonemes) && !phonemes.Any(c => c is '[' or ']' || char.IsControl(c)));
}
