using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Formatters;

namespace Dictation.WebApi.Wire;

/// <summary>
/// Reads a body as another formatter does. When the body cannot be read, whatever the server throws is the client's fault: a chunk whose
/// size is no number and a trailer that is no text have exceptions of their own, without a status.
/// </summary>
internal sealed class RequestBodies(TextInputFormatter formatter) : IInputFormatter, IInputFormatterExceptionPolicy, IApiRequestFormatMetadataProvider
{
    public InputFormatterExceptionPolicy ExceptionPolicy => InputFormatterExceptionPolicy.MalformedInputExceptions;

    public bool CanRead(InputFormatterContext context) => formatter.CanRead(context);

    public IReadOnlyList<string>? GetSupportedContentTypes(string? contentType, Type objectType) => formatter.GetSupportedContentTypes(contentType!, objectType);

    public async Task<InputFormatterResult> ReadAsync(InputFormatterContext context)
    {
        try
        {
            return await formatter.ReadAsync(context);
        }
        catch (Exception exception) when (exception is not (BadHttpRequestException or InputFormatterException or OperationCanceledException))
        {
            throw new BadHttpRequestException("The body cannot be read.", StatusCodes.Status400BadRequest, exception);
        }
    }
}
