using System.Diagnostics.CodeAnalysis;
using Dictation.Application;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Dictation.WebApi.Hosting;

/// <summary>Reports a start that fails without a bug in one sentence, without a stack.</summary>
internal static class StartupFailures
{
    /// <param name="exception">The exception of the start.</param>
    /// <param name="message">For the operator.</param>
    /// <returns>Whether the exception is the operator's to act on.</returns>
    public static bool TryGetStartupMessage(Exception exception, [NotNullWhen(true)] out string? message)
    {
        message = exception switch
        {
            StartupException or OptionsValidationException => exception.Message,
            IOException { InnerException: AddressInUseException } => $"{exception.Message} Stop what listens there, or set PORT.",

            // A setting that does not fit its type; the binder has no exception of its own.
            InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => exception.Message,
            _ => null,
        };
        return message is not null;
    }

    /// <summary>Runs until the host is stopped.</summary>
    public static async Task RunToEndAsync(this WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (IOException)
        {
            // The server comes last, and its address is taken: the background work is stopped in order. Torn down, it would be reported as failed too.
            await app.StopAsync();
            throw;
        }

        await app.WaitForShutdownAsync();
    }
}
