using System.ComponentModel.DataAnnotations;
using Dictation.Application;

namespace Dictation.WebApi.Configuration;

/// <summary>Options that the builder itself needs, and so before the host validates its own.</summary>
internal static class OptionSections
{
    /// <exception cref="StartupException">A value is wrong; the message names the section and says what is expected.</exception>
    public static T GetValidated<T>(this IConfiguration configuration, string name)
        where T : class, new()
    {
        var section = configuration.GetSection(name).Get<T>() ?? new T();
        var wrong = new List<ValidationResult>();
        return Validator.TryValidateObject(section, new ValidationContext(section), wrong, validateAllProperties: true)
            ? section
            : throw new StartupException($"In the section {name}: {string.Join(' ', wrong.Select(w => w.ErrorMessage))}");
    }
}
