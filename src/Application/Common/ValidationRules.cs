using System.Globalization;
using System.Text;
using Dictation.Domain.Attempts;
using Dictation.Speech.Markup;
using FluentValidation;

namespace Dictation.Application;

/// <summary>The rules that several requests share, and how errors name fields: as they are on the wire.</summary>
internal static class ValidationRules
{
    private static readonly HashSet<string> DeviceNames = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(i => new[] { $"COM{i}", $"LPT{i}" })], StringComparer.OrdinalIgnoreCase);

    public static void UseWireNames()
    {
        ValidatorOptions.Global.PropertyNameResolver = (_, member, _) => member is null ? null : WireNames.For(member.Name);
        ValidatorOptions.Global.DisplayNameResolver = ValidatorOptions.Global.PropertyNameResolver;
        ValidatorOptions.Global.LanguageManager.Culture = CultureInfo.InvariantCulture;
    }

    /// <summary>A rule that the OpenAPI document shows.</summary>
    public static IRuleBuilderOptions<T, TProperty> Within<T, TProperty>(this IRuleBuilder<T, TProperty> rule, Bounds bounds, string code, string message) =>
        rule.SetValidator(new BoundsRule<T, TProperty>(bounds)).WithErrorCode(code).WithMessage(message);

    /// <summary>Length in Unicode code points; null passes.</summary>
    public static IRuleBuilderOptions<T, string?> RuneLength<T>(this IRuleBuilder<T, string?> rule, int min, int max) => rule.Within(
        new Bounds { MinLength = min, MaxLength = max }, "length", $"'{{PropertyName}}' must be {min} to {max.ToString("N0", CultureInfo.InvariantCulture)} characters long.");

    /// <summary>Present, with something else than white space.</summary>
    public static IRuleBuilderOptions<T, string?> NotBlank<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Within(new Bounds { Required = true, NotBlank = true }, "blank", "'{PropertyName}' is required and must not be blank.");

    /// <summary>A text to be spoken: plain, with pauses, or markup; null passes.</summary>
    /// <param name="rule">The text's rule.</param>
    /// <param name="format">How the request says that it is written; null to see by the text.</param>
    public static IRuleBuilderOptions<T, string?> Speakable<T>(this IRuleBuilder<T, string?> rule, Func<T, InputFormat?>? format = null) =>
        rule.SetValidator(new SpeakableRule<T>(format ?? (_ => null)));

    /// <summary>A text that can be shown as it was sent; null passes.</summary>
    public static IRuleBuilderOptions<T, string?> WithoutMarkup<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(text => text is null or { Length: > SpeakableRule<T>.MaxMarkedText } || !HasMarkup(text))
        .WithErrorCode("markup")
        .WithMessage("'{PropertyName}' must be plain: it is what learners write down, so it cannot hold SSML or [pause:…].");

    public static IRuleBuilderOptions<T, TProperty> Required<T, TProperty>(this IRuleBuilder<T, TProperty> rule, string message = "'{PropertyName}' is required.") =>
        rule.Within(new Bounds { Required = true }, "required", message);

    /// <summary>Null passes.</summary>
    public static IRuleBuilderOptions<T, TProperty> Range<T, TProperty>(this IRuleBuilder<T, TProperty> rule, double min, double max, string? message = null) => rule.Within(
        new Bounds { Minimum = min, Maximum = max }, "range", message ?? string.Create(CultureInfo.InvariantCulture, $"'{{PropertyName}}' must be {min} to {max}; it is {{PropertyValue}}."));

    /// <summary>Whose attempts; null passes.</summary>
    public static IRuleBuilderOptions<T, string?> UserId<T>(this IRuleBuilder<T, string?> rule) => rule.RuneLength(1, Attempt.MaxUserIdLength);

    /// <summary>A span's end, against its beginning; null passes, on either side.</summary>
    public static IRuleBuilderOptions<T, DateTime?> LaterThan<T>(this IRuleBuilder<T, DateTime?> rule, Func<T, DateTime?> since) =>
        rule.Must((request, until) => !(until <= since(request))).WithErrorCode("range").WithMessage("'{PropertyName}' must be later than 'since'.");

    /// <summary>A zone that this machine knows.</summary>
    public static IRuleBuilderOptions<T, string> TimeZone<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(tz => tz is { Length: > 0 and <= 64 } && TimeZoneInfo.TryFindSystemTimeZoneById(tz, out _))
            .WithErrorCode("time_zone").WithMessage("'{PropertyName}' must be an IANA time zone such as 'Europe/Helsinki'.");

    /// <summary>How fast speech may be; null passes.</summary>
    public static IRuleBuilderOptions<T, double?> SpeakingRate<T>(this IRuleBuilder<T, double?> rule) =>
        rule.Range(
            SpeechScript.MinRate,
            SpeechScript.MaxRate,
            string.Create(CultureInfo.InvariantCulture, $"'{{PropertyName}}' must be {SpeechScript.MinRate:0.0} to {SpeechScript.MaxRate:0.0}; 1.0 is the voice's own pace."));

    /// <summary>A name that no file system reads as a path, a device or a control sequence.</summary>
    public static IRuleBuilderOptions<T, string?> PlainFileName<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(s => s is null || IsPlainFileName(s))
            .WithErrorCode("filename")
            .WithMessage("'{PropertyName}' must be a plain file name: no path separators, no '..', no control characters, no reserved device name.");

    private static bool HasMarkup(string text)
    {
        try
        {
            return SpeechScript.HasSpeechMarkup(text);
        }
        catch (SpeechMarkupException)
        {
            return true;
        }
    }

    private static bool IsPlainFileName(string name) =>
        !string.IsNullOrWhiteSpace(name)
        && name.IndexOfAny(['/', '\\', ':']) < 0
        && !name.Contains("..", StringComparison.Ordinal)
        && name.Trim().Trim('.').Length > 0
        && !name.EnumerateRunes().Any(r => r == Rune.ReplacementChar || Rune.GetUnicodeCategory(r) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && !DeviceNames.Contains(name.Split('.')[0].Trim());
}
