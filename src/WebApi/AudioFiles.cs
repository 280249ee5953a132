using Dictation.Application.Tts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Dictation.WebApi;

internal static class AudioFiles
{
    /// <summary>Answers with the audio; Range and If-None-Match are honoured.</summary>
    public static IActionResult Audio(this ControllerBase controller, AudioDownload audio)
    {
        controller.Response.Headers.CacheControl = "private, no-cache";
        return controller.File(
            audio.Content, "audio/wav", audio.FileName, new DateTimeOffset(audio.ModifiedAt), new EntityTagHeaderValue($"\"{audio.ETag}\""), enableRangeProcessing: true);
    }
}
