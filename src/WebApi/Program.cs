using Dictation.Application;
using Dictation.Infrastructure;
using Dictation.WebApi.Auth;
using Dictation.WebApi.Commands;
using Dictation.WebApi.Configuration;
using Dictation.WebApi.Errors;
using Dictation.WebApi.Hosting;
using Dictation.WebApi.OpenApi;
using Dictation.WebApi.RateLimiting;
using Dictation.WebApi.Security;
using Dictation.WebApi.Telemetry;

try
{
    if (CommandLine.Handles(args))
    {
        return await CommandLine.RunAsync(args, Console.Out, Console.Error);
    }

    // Settings and voices lie beside the program; data lies beside where it is started.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.Configuration.AddDictation(args, Directory.GetCurrentDirectory());
    var server = builder.Configuration.GetValidated<ServerOptions>(ServerOptions.Section);
    var limits = builder.Configuration.GetValidated<LimitsOptions>(LimitsOptions.Section);
    builder.AddServer(server, limits);
    builder.Services.AddApplication();
    builder.Services.AddInfrastructure(DictationConfiguration.Provider(builder.Configuration));
    builder.Services.AddBackgroundWork();
    builder.Services.AddTelemetry(builder.Configuration);
    builder.Services.AddErrorAnswers();
    builder.Services.AddAuth(builder.Configuration.GetValidated<AuthOptions>(AuthOptions.Section), server.Host);
    builder.Services.AddRequestLimits(limits);
    builder.Services.AddAllowedOrigins(builder.Configuration);
    builder.Services.AddApiControllers();
    builder.Services.AddOpenApi();

    await using var app = builder.Build();
    app.UseErrorAnswers();
    app.UseSecurityHeaders();
    app.UseHostNames();
    app.UseStatusAnswers();
    app.UseCors();
    app.UseAuthentication();
    app.UseAuthorization();
    app.UseRateLimiter();
    app.MapControllers();
    app.MapMetrics();
    app.MapOpenApi();
    await app.RunToEndAsync();
    return 0;
}
catch (Exception exception) when (StartupFailures.TryGetStartupMessage(exception, out var message))
{
    await Console.Error.WriteLineAsync($"Dictation cannot start. {message}");
    return 1;
}

/// <summary>The composition root, named for the tests' host.</summary>
public partial class Program;
