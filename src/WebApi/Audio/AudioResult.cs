using Dictation.Application.Abstractions;
using Dictation.Application.Tts;
using Dictation.WebApi.Errors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Dictation.WebApi.Audio;

/// <summary>An answer with a WAV file; Range and If-None-Match are honoured.</summary>
internal sealed class AudioResult : FileStreamResult
{
    private AudioResult(AudioDownload audio)
        : base(audio.Content, audio.Format.MediaType())
    {
        FileDownloadName = audio.FileName;
        LastModified = new DateTimeOffset(audio.ModifiedAt);
        EntityTag = new EntityTagHeaderValue($"\"{audio.ETag}\"");
        EnableRangeProcessing = true;
    }

    /// <summary>Sends a WAV as it is stored, and any other format while it is encoded.</summary>
    public static IActionResult From(AudioDownload audio) => audio.Format == AudioFormat.Wav ? new AudioResult(audio) : new EncodedAudioResult(audio);

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

/// <summary>An answer with audio that is encoded while it is sent, so that nobody knows its length before; If-None-Match is honoured, Range is not.</summary>
internal sealed class EncodedAudioResult(AudioDownload audio) : IActionResult
{
    private const int HeaderLength = 44, SampleRateAt = 24, BytesPerSample = 2, ChunkLength = 1 << 15;

    public async Task ExecuteResultAsync(ActionContext context)
    {
        await using var wav = audio.Content;
        var (request, response, aborted) = (context.HttpContext.Request, context.HttpContext.Response, context.HttpContext.RequestAborted);
        var etag = new EntityTagHeaderValue($"\"{audio.ETag}\"");
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(audio.FileName);
        response.Headers.CacheControl = "private, no-cache";
        response.GetTypedHeaders().ETag = etag;
        response.GetTypedHeaders().LastModified = new DateTimeOffset(audio.ModifiedAt);
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(etag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = audio.Format.MediaType();
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.AcceptRanges = "none";
        if (HttpMethods.IsHead(request.Method))
        {
            return;
        }

        var buffer = new byte[ChunkLength];
        await wav.ReadExactlyAsync(buffer.AsMemory(0, HeaderLength), aborted);
        var sampleRate = BitConverter.ToInt32(buffer, SampleRateAt);
        var encoder = context.HttpContext.RequestServices.GetRequiredService<IAudioEncoder>();
        await using var encoding = await encoder.OpenAsync(audio.Format, sampleRate, response.Body, (wav.Length - HeaderLength) / BytesPerSample, resampleTo: null, aborted);
        for (int read; (read = await wav.ReadAtLeastAsync(buffer, ChunkLength, throwOnEndOfStream: false, aborted)) > 0;)
        {
            await encoding.WriteAsync(buffer.AsMemory(0, read), aborted);
        }

        await encoding.CompleteAsync(aborted);
    }
}
