using Dictation.Application.Tts;
using Dictation.WebApi.Errors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Dictation.WebApi;

/// <summary>An answer with audio; Range and If-None-Match are honoured.</summary>
internal sealed class AudioResult : FileStreamResult
{
    public AudioResult(AudioDownload audio)
        : base(audio.Content, "audio/wav")
    {
        FileDownloadName = audio.FileName;
        LastModified = new DateTimeOffset(audio.ModifiedAt);
        EntityTag = new EntityTagHeaderValue($"\"{audio.ETag}\"");
        EnableRangeProcessing = true;
    }

    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.Headers.CacheControl = "private, no-cache";
        await base.ExecuteResultAsync(context);
        if (response is { StatusCode: StatusCodes.Status416RangeNotSatisfiable, HasStarted: false })
        {
            // It has the headers of a file, so nobody after it would see that it still lacks the body of an error.
            response.ContentLength = null;
            response.Headers.ContentDisposition = default;
            await ErrorWriter.WriteStatusAsync(context.HttpContext, response.StatusCode);
        }
    }
}
