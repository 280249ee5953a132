using Dictation.Application;
using Dictation.Application.Lexicons;
using Dictation.Speech.Lexicons;
using Microsoft.AspNetCore.Mvc.Formatters;

namespace Dictation.WebApi.Wire;

/// <summary>Reads a lexicon from a document of W3C's Pronunciation Lexicon Specification. A broken one is a 422 with line and column.</summary>
internal sealed class PlsFormat : InputFormatter, IInputFormatterExceptionPolicy
{
    public const string MediaType = "application/pls+xml";

    private const long MaxCharacters = 8 * 1024 * 1024;

    public PlsFormat() => SupportedMediaTypes.Add(MediaType);

    public InputFormatterExceptionPolicy ExceptionPolicy => InputFormatterExceptionPolicy.MalformedInputExceptions;

    /// <summary>The format that the request accepts best; JSON where it does not say.</summary>
    public static LexiconFormat Accepted(HttpRequest request) =>
        request.GetTypedHeaders().Accept.OrderByDescending(a => a.Quality ?? 1).FirstOrDefault() is { MediaType: var type } && type.Equals(MediaType, StringComparison.OrdinalIgnoreCase)
            ? LexiconFormat.Pls
            : LexiconFormat.Json;

    public override async Task<InputFormatterResult> ReadRequestBodyAsync(InputFormatterContext context)
    {
        using var body = new MemoryStream();
        await context.HttpContext.Request.Body.CopyToAsync(body, context.HttpContext.RequestAborted);
        body.Position = 0;
        try
        {
            var (language, entries) = PronunciationLexicon.Read(body, PutLexiconValidator.MaxEntries, MaxCharacters);
            return await InputFormatterResult.SuccessAsync(new PutLexicon([.. entries.Select(LexiconEntryInput.From)]) { StatedLanguage = language });
        }
        catch (LexiconFormatException e)
        {
            throw new RequestInvalidException("entries", e.Message, "pls");
        }
    }

    protected override bool CanReadType(Type type) => type == typeof(PutLexicon);
}
