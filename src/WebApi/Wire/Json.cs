using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Dictation.Application;

namespace Dictation.WebApi.Wire;

/// <summary>JSON as the wire contract has it, the same for MVC, errors and events.</summary>
internal static class Json
{
    public static readonly JsonSerializerOptions Options = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.TypeInfoResolver = JsonTypeInfoResolver.Combine(ResponseJson.Default, new DefaultJsonTypeInfoResolver());
        options.PropertyNamingPolicy = WireNames.Policy;
        options.DictionaryKeyPolicy = WireNames.Policy;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.AllowDuplicateProperties = false;

        // Only what JSON itself demands is escaped: answers are JSON by their media type and never part of a page.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(WireNames.Policy, allowIntegerValues: false));
        return options;
    }
}
