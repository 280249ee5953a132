namespace Dictation.WebApi.Errors;

/// <summary>Every error answer has one shape, whichever layer it comes from.</summary>
internal static class ErrorAnswers
{
    public static void AddErrorAnswers(this IServiceCollection services) => services.AddExceptionHandler<ErrorWriter>();

    /// <summary>Answers exceptions.</summary>
    public static void UseErrorAnswers(this WebApplication app) => app.UseExceptionHandler(new ExceptionHandlerOptions
    {
        // Never reached: ErrorWriter answers every exception. The middleware insists on one.
        ExceptionHandler = _ => Task.CompletedTask,
        SuppressDiagnosticsCallback = _ => true,
    });

    /// <summary>Answers statuses without a body.</summary>
    public static void UseStatusAnswers(this WebApplication app) =>
        app.UseStatusCodePages(context => ErrorWriter.WriteStatusAsync(context.HttpContext, context.HttpContext.Response.StatusCode));
}
