using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace Dictation.WebApi.Http;

/// <summary>The <c>Link</c> header of paged lists (RFC 8288): the same request for the next page.</summary>
internal static class PageLinks
{
    /// <param name="anchor">A condition that keeps entries added meanwhile out of later pages; added when the client gave none.</param>
    public static void Write(HttpContext context, int page, int totalPages, (string Name, string? Value) anchor)
    {
        if (page >= totalPages)
        {
            return;
        }

        var query = new QueryBuilder(
            context.Request.Query.Where(p => p.Key != "page").SelectMany(p => p.Value, (p, value) => KeyValuePair.Create(p.Key, value ?? "")));
        query.Add("page", (page + 1).ToString(CultureInfo.InvariantCulture));
        if (anchor.Value is { } value && !context.Request.Query.ContainsKey(anchor.Name))
        {
            query.Add(anchor.Name, value);
        }

        context.Response.Headers.Link = $"<{context.Request.PathBase}{context.Request.Path}{query}>; rel=\"next\"";
    }
}
