using System.Collections.Concurrent;

namespace Dictation.WebApi.FunctionalTests.OpenApi;

/// <summary>Stands between a client and the service, and holds every answer, and every request that was accepted, against the document.</summary>
internal sealed class ContractHandler(ApiDocument document) : DelegatingHandler(new SocketsHttpHandler())
{
    public ConcurrentQueue<(string Operation, int Status)> Seen { get; } = new();

    public ConcurrentQueue<string> Misfits { get; } = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        var path = request.RequestUri!.AbsolutePath;
        if (document.Find(request.Method.Method, path) is not { } operation)
        {
            Misfits.Enqueue($"{request.Method} {path} is not documented");
            return response;
        }

        var status = (int)response.StatusCode;
        var media = response.Content.Headers.ContentType?.MediaType;
        string? body = null;
        if (media?.EndsWith("json", StringComparison.Ordinal) == true)
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            body = await response.Content.ReadAsStringAsync(cancellationToken);
        }

        Seen.Enqueue((operation.Id, status));
        var headers = response.Headers.Concat(response.Content.Headers).Select(h => h.Key).ToList();
        foreach (var misfit in operation.Misfits(status, media, headers, string.IsNullOrEmpty(body) ? null : body).Concat(RequestMisfits(operation, request.RequestUri, string.IsNullOrEmpty(sent) ? null : sent, status)))
        {
            Misfits.Enqueue(misfit);
        }

        return response;
    }

    /// <summary>What was accepted must be what the document invites; of what was refused nothing follows.</summary>
    private IEnumerable<string> RequestMisfits(ApiOperation operation, Uri address, string? body, int status)
    {
        if (status >= 400)
        {
            return [];
        }

        var query = System.Web.HttpUtility.ParseQueryString(address.Query);
        var unknown = query.AllKeys.Where(k => operation.Parameters.All(p => p["name"]!.GetValue<string>() != k)).Select(k => $"{operation.Id}: the query's '{k}' is not documented");

        // In bulk, the bad are reported beside the good.
        return body is null || operation.Id == "CreateItems"
            ? unknown
            : unknown.Concat(operation.BodySchema is { } schema
                ? document.Misfits(System.Text.Json.Nodes.JsonNode.Parse(body), schema, $"{operation.Id} request")
                : [$"{operation.Id}: a body is not documented"]);
    }
}
