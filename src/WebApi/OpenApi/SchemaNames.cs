using Dictation.WebApi.Wire;
using MediatR;
using NJsonSchema.Generation;

namespace Dictation.WebApi.OpenApi;

/// <summary>
/// The names of schemas, and of the types of generated clients: <c>Item</c> for <c>ItemResponse</c>; the answer to a request
/// keeps the word, as in <c>ListItemsResponse</c>, and so does what has a field of that name.
/// </summary>
internal sealed class SchemaNames : DefaultSchemaNameGenerator
{
    private const string Suffix = "Response";

    private static readonly HashSet<string> Requests = typeof(Application.ApplicationServices).Assembly.GetTypes()
        .Where(t => t.IsAssignableTo(typeof(IBaseRequest))).Select(t => t.Name).ToHashSet(StringComparer.Ordinal);

    public override string Generate(Type type)
    {
        var name = base.Generate(type);
        return type != typeof(ErrorResponse)
            && name.EndsWith(Suffix, StringComparison.Ordinal)
            && name[..^Suffix.Length] is var noun
            && !Requests.Contains(noun)
            && type.GetProperty(noun) is null
                ? noun
                : name;
    }
}
