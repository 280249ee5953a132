using System.Globalization;
using System.Text;
using System.Text.Json;
using Dictation.Domain.Attempts;
using FluentValidation;

namespace Dictation.Application;

/// <summary>The rules that several requests share, and how errors name fields: as they are on the wire.</summary>
internal static class ValidationRules
{
    private static readonly HashSet<string> DeviceNames = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(i => new[] { $"COM{i}", $"LPT{i}" })], StringComparer.OrdinalIgnoreCase);

    public static void UseWireNames()
    {
        ValidatorOptions.Global.PropertyNameResolver = (_, member, _) => member is null ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name);
        ValidatorOptions.Global.DisplayNameResolver = ValidatorOptions.Global.PropertyNameResolver;
        ValidatorOptions.Global.LanguageManager.Culture = CultureInfo.InvariantCulture;
    }

    /// <summary>Length in Unicode code points; null passes.</summary>
    public static IRuleBuilderOptions<T, string?> RuneLength<T>(this IRuleBuilder<T, string?> rule, int min, int max) =>
        rule.Must(s => s is null || RuneCount(s) is var n && n >= min && n <= max)
            .WithErrorCode("length")
            .WithMessage($"'{{PropertyName}}' must be {min} to {max.ToString("N0", CultureInfo.InvariantCulture)} characters long.");

    /// <summary>Present, with something else than white space.</summary>
    public static IRuleBuilderOptions<T, string?> NotBlank<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(s => !string.IsNullOrWhiteSpace(s)).WithErrorCode("blank").WithMessage("'{PropertyName}' is required and must not be blank.");

    public static IRuleBuilderOptions<T, int> Range<T>(this IRuleBuilder<T, int> rule, int min, int max) =>
        rule.InclusiveBetween(min, max).WithErrorCode("range").WithMessage($"'{{PropertyName}}' must be {min} to {max}; it is {{PropertyValue}}.");

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
        rule.InclusiveBetween(0.5, 2.0).WithErrorCode("range").WithMessage("'{PropertyName}' must be 0.5 to 2.0; 1.0 is the voice's own pace.");

    /// <summary>A name that no file system reads as a path, a device or a control sequence.</summary>
    public static IRuleBuilderOptions<T, string?> PlainFileName<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(s => s is null || IsPlainFileName(s))
            .WithErrorCode("filename")
            .WithMessage("'{PropertyName}' must be a plain file name: no path separators, no '..', no control characters, no reserved device name.");

    private static int RuneCount(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    private static bool IsPlainFileName(string name) =>
        !string.IsNullOrWhiteSpace(name)
        && name.IndexOfAny(['/', '\\', ':']) < 0
        && !name.Contains("..", StringComparison.Ordinal)
        && name.Trim().Trim('.').Length > 0
        && !name.EnumerateRunes().Any(r => r == Rune.ReplacementChar || Rune.GetUnicodeCategory(r) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && !DeviceNames.Contains(name.Split('.')[0].Trim());
}
