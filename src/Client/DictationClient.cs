using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dictation.Client;

/// <summary>The service's operations, one method each. Safe to use from many threads; mock it to test without a service.</summary>
public partial interface IDictationClient;

[SuppressMessage("Performance", "CA1852", Justification = "The generated part has virtual members.")]
internal partial class DictationClient
{
    static partial void UpdateJsonSerializerSettings(JsonSerializerOptions settings)
    {
        // Members that are not set are left out: this service reads both alike, a later one may not.
        settings.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;

        // The generated types say it for each field, and forget it for lists.
        settings.Converters.Add(new JsonStringEnumConverter());
    }
}
