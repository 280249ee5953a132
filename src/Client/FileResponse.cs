namespace Dictation.Client;

/// <summary>A file that is read as it arrives. Dispose it when done: until then it holds its connection.</summary>
public sealed class FileResponse : IDisposable
{
    private readonly IDisposable? _response;

    /// <summary>As the generated client makes it; of use where a test stands in for the service.</summary>
    /// <param name="statusCode">200, or 206 for a part.</param>
    /// <param name="headers">The answer's headers.</param>
    /// <param name="stream">The file.</param>
    /// <param name="client">Not used: the client outlives its answers.</param>
    /// <param name="response">The response, disposed of with the file.</param>
    public FileResponse(int statusCode, IReadOnlyDictionary<string, IEnumerable<string>> headers, Stream stream, IDisposable? client, IDisposable? response)
    {
        StatusCode = statusCode;
        Headers = headers;
        Stream = stream;
        _response = response;
    }

    /// <summary>200, or 206 for a part.</summary>
    public int StatusCode { get; }

    /// <summary>The answer's headers, such as <c>ETag</c> and <c>Content-Disposition</c>.</summary>
    public IReadOnlyDictionary<string, IEnumerable<string>> Headers { get; }

    /// <summary>The file, read from the network as it is asked for.</summary>
    public Stream Stream { get; }

    /// <summary>Writes the file: whole or, when this throws, not at all.</summary>
    /// <param name="path">Is replaced when it exists.</param>
    /// <param name="cancellationToken">Ends the writing; what was written is removed.</param>
    /// <exception cref="IOException">The connection broke or the disk is full.</exception>
    public async Task SaveAsync(string path, CancellationToken cancellationToken = default)
    {
        var part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            await using (var file = File.Create(part))
            {
                await Stream.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            }

            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stream.Dispose();
        _response?.Dispose();
    }
}
