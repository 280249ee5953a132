using System.Globalization;
using System.Security;
using System.Text.RegularExpressions;
using NJsonSchema;
using NJsonSchema.CodeGeneration;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration;
using NSwag.CodeGeneration.CSharp;
using NSwag.CodeGeneration.OperationNameGenerators;

if (args is not [var input, var output])
{
    await Console.Error.WriteLineAsync("Usage: ClientGenerator <openapi.json> <output.cs>");
    return 2;
}

var document = await OpenApiDocument.FromFileAsync(input);
foreach (var schema in document.Definitions.Values.Where(s => s.Type == JsonObjectType.Object))
{
    // Answers may gain fields; the SDK ignores those it does not know.
    schema.AllowAdditionalProperties = false;
}

var settings = new CSharpClientGeneratorSettings
{
    ClassName = "DictationClient",
    ClientClassAccessModifier = "internal",
    OperationNameGenerator = new SingleClientFromOperationIdOperationNameGenerator(),
    ParameterNameGenerator = new CamelCase(),
    GenerateClientInterfaces = true,
    InjectHttpClient = true,
    DisposeHttpClient = false,
    UseBaseUrl = false,
    GenerateBaseUrlProperty = false,
    GenerateOptionalParameters = true,
    GenerateUpdateJsonSerializerSettingsMethod = true,
    GenerateExceptionClasses = false,
    ExceptionClass = "DictationException",
    ParameterDateTimeFormat = "O",
    ParameterArrayType = "System.Collections.Generic.IEnumerable",
    ResponseArrayType = "System.Collections.Generic.IReadOnlyList",
    ResponseDictionaryType = "System.Collections.Generic.IReadOnlyDictionary",
};
var types = settings.CSharpGeneratorSettings;
types.Namespace = "Dictation.Client";
types.TemplateDirectory = Path.Combine(AppContext.BaseDirectory, "Templates");
types.JsonLibrary = CSharpJsonLibrary.SystemTextJson;
types.JsonLibraryVersion = 10;
types.ClassStyle = CSharpClassStyle.Poco;
types.PropertyNameGenerator = new PascalCase();
types.EnumNameGenerator = new PascalCase();
types.DateType = "System.DateOnly";
types.DateTimeType = "System.DateTimeOffset";
types.ArrayType = "System.Collections.Generic.IReadOnlyList";
types.ArrayInstanceType = "System.Collections.Generic.List";
types.DictionaryType = "System.Collections.Generic.IReadOnlyDictionary";
types.DictionaryInstanceType = "System.Collections.Generic.Dictionary";
types.GenerateDataAnnotations = false;
types.GenerateDefaultValues = false;
types.GenerateNullableReferenceTypes = true;
types.GenerateOptionalPropertiesAsNullable = true;

var code = DocumentEnums(new CSharpClientGenerator(document, settings).GenerateFile().ReplaceLineEndings("\n"));

// What NSwag means to do one day about lists of enums: the converter in DictationClient.cs does it.
code = Regex.Replace(code, @"\n *// TODO\(system\.text\.json\)[^\n]*", "");
if (!File.Exists(output) || await File.ReadAllTextAsync(output) != code)
{
    await File.WriteAllTextAsync(output, code);
}

return 0;

// NSwag knows what the members of an enum mean and leaves it out.
string DocumentEnums(string text)
{
    var meanings = document.Definitions.Where(d => d.Value.IsEnumeration).ToDictionary(
        d => d.Key, d => d.Value.Enumeration.Zip(d.Value.EnumerationDescriptions).ToDictionary(m => (string)m.First!, m => m.Second));
    return Regex.Replace(text, @"public enum (?<name>\w+)\n    \{.*?\n    \}\n", type => Regex.Replace(
        type.Value,
        @"\n        \[System\.Text\.Json\.Serialization\.JsonStringEnumMemberName\(@""(?<value>[^""]+)""\)\]",
        member => $"\n        /// <summary>{Meaning(type.Groups["name"].Value, member.Groups["value"].Value)}</summary>{member.Value}"), RegexOptions.Singleline);

    string Meaning(string name, string value) => meanings.TryGetValue(name, out var known) && known[value] is { Length: > 0 } meaning ? SecurityElement.Escape(meaning) : $"<c>{value}</c>";
}

/// <summary><c>created_at.desc</c> is <c>CreatedAtDesc</c>.</summary>
internal sealed class PascalCase : IPropertyNameGenerator, IEnumNameGenerator
{
    public IEnumerable<string> ReservedPropertyNames { get; set; } = [];

    public static string From(string name) => string.Concat(name.Split('_', '.', '-', ' ').Where(w => w.Length > 0).Select(w => char.ToUpper(w[0], CultureInfo.InvariantCulture) + w[1..]));

    public string Generate(JsonSchemaProperty property) => From(property.Name);

    public string Generate(int index, string? name, object? value, JsonSchema schema) => From(name ?? value!.ToString()!);
}

/// <summary><c>per_page</c> is <c>perPage</c>.</summary>
internal sealed class CamelCase : IParameterNameGenerator
{
    public string Generate(OpenApiParameter parameter, IEnumerable<OpenApiParameter> allParameters)
    {
        var name = PascalCase.From(parameter.Name);
        return char.ToLower(name[0], CultureInfo.InvariantCulture) + name[1..];
    }
}
