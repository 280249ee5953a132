using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text;
using Dictation.Application;
using Dictation.Application.Abstractions;
using Dictation.Infrastructure;
using Dictation.WebApi;
using Dictation.WebApi.Auth;
using Dictation.WebApi.Commands;
using Dictation.WebApi.Configuration;
using Dictation.WebApi.Errors;
using Dictation.WebApi.OpenApi;
using Dictation.WebApi.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Options;

try
{
    if (CommandLine.Handles(args))
    {
        return await CommandLine.RunAsync(args, Console.Out, Console.Error);
    }

    await using var app = Build(args);
    var preparation = app.Services.BeginStart();
    try
    {
        Configure(app);
        await RunAsync(app);
        return 0;
    }
    finally
    {
        await preparation.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
catch (Exception exception) when (OperatorsSentence(exception) is { } sentence)
{
    await Console.Error.WriteLineAsync($"Dictation cannot start. {sentence}");
    return 1;
}

// What keeps the service from starting and is no bug is told in a sentence and without a stack.
static string? OperatorsSentence(Exception exception) => exception switch
{
    StartupException or OptionsValidationException => exception.Message,
    IOException { InnerException: AddressInUseException } => $"{exception.Message} Stop what listens there, or set PORT.",

    // A setting that does not fit its type; the binder has no exception of its own.
    InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => exception.Message,
    _ => null,
};

static async Task RunAsync(WebApplication app)
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

static WebApplication Build(string[] args)
{
    // Settings and voices lie beside the program; data lies beside where it is started.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.Configuration.AddDictation(args, Directory.GetCurrentDirectory());
    var server = Section<ServerOptions>(builder, ServerOptions.Section);
    var limits = Section<LimitsOptions>(builder, LimitsOptions.Section);
    var auth = Section<AuthOptions>(builder, AuthOptions.Section);
    var origins = CorsOrigins.Parse(builder.Configuration["Cors:Origins"]);

    builder.Logging.ClearProviders();
    builder.Logging.AddSimpleConsole(o =>
    {
        o.SingleLine = true;
        o.TimestampFormat = "yyyy-MM-dd HH:mm:ss.fff ";
    });
    builder.WebHost.ConfigureKestrel(o =>
    {
        o.AddServerHeader = false;
        o.Limits.MaxRequestBodySize = server.MaxBodyBytes;
        limits.Configure(o.Limits);
    });
    builder.WebHost.UseUrls(new UriBuilder(Uri.UriSchemeHttp, server.Host, server.Port).ToString());
    builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(server.ShutdownSeconds));

    builder.Services.AddOptions<ServerOptions>().BindConfiguration(ServerOptions.Section);
    builder.Services.AddOptions<LimitsOptions>().BindConfiguration(LimitsOptions.Section);
    builder.Services.AddOptions<OpenApiOptions>().BindConfiguration(OpenApiOptions.Section).ValidateDataAnnotations().ValidateOnStart();
    builder.Services.AddSingleton(new ServiceIdentity("dictation", Version()));
    builder.Services.AddSingleton<IAudioLinks, AudioLinks>();
    builder.Services.AddOpenApi();
    builder.Services.AddApplication();
    builder.Services.AddInfrastructure(DictationConfiguration.Provider(builder.Configuration));
    builder.Services.AddBackgroundWork();
    builder.Services.AddTelemetry(builder.Configuration);

    builder.Services.AddAuth(auth, server.Host);
    builder.Services.AddRateLimiter(limits.Configure);
    builder.Services.AddCors(o => o.AddDefaultPolicy(origins.Apply));
    builder.Services.AddExceptionHandler<ErrorWriter>();
    builder.Services.AddMvcCore(o =>
        {
            o.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
            o.ModelMetadataDetailsProviders.Add(new RequestBinding());

            // Values come from the address; there are no forms to look into.
            foreach (var form in o.ValueProviderFactories.Where(f => f is not (RouteValueProviderFactory or QueryStringValueProviderFactory)).ToList())
            {
                o.ValueProviderFactories.Remove(form);
            }

            foreach (var formatter in o.InputFormatters.OfType<TextInputFormatter>().ToList())
            {
                // JSON is UTF-8. What calls itself something else, and is not, would fail in the reader.
                formatter.SupportedEncodings.Clear();
                formatter.SupportedEncodings.Add(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
                o.InputFormatters[o.InputFormatters.IndexOf(formatter)] = new RequestBodies(formatter);
            }
        })
        .AddApiExplorer()
        .AddCors()
        .AddDataAnnotations()
        .AddJsonOptions(o =>
        {
            // The reader's exceptions, not its sentences: ModelStateErrors says it in ours.
            o.AllowInputFormatterExceptionMessages = false;
            Json.Configure(o.JsonSerializerOptions);
        })
        .ConfigureApiBehaviorOptions(o =>
        {
            o.SuppressMapClientErrors = true;
            o.InvalidModelStateResponseFactory = ModelStateErrors.Answer;
        });

    return builder.Build();
}

static void Configure(WebApplication app)
{
    app.UseExceptionHandler(new ExceptionHandlerOptions
    {
        // Never reached: ErrorWriter answers every exception. The middleware insists on one.
        ExceptionHandler = _ => Task.CompletedTask,
        SuppressDiagnosticsCallback = _ => true,
    });
    app.UseSecurityHeaders();
    app.UseHostNames();
    app.UseStatusCodePages(context => ErrorWriter.WriteStatusAsync(context.HttpContext, context.HttpContext.Response.StatusCode));
    app.UseCors();
    app.UseAuthentication();
    app.UseAuthorization();
    app.UseRateLimiter();
    app.MapControllers();
    app.MapMetrics();
    app.MapOpenApi();
}

// What the builder itself needs, and so before the host looks at its options.
static T Section<T>(WebApplicationBuilder builder, string name)
    where T : class, new()
{
    var section = builder.Configuration.GetSection(name).Get<T>() ?? new T();
    var wrong = new List<ValidationResult>();
    return Validator.TryValidateObject(section, new ValidationContext(section), wrong, validateAllProperties: true)
        ? section
        : throw new StartupException($"In the section {name}: {string.Join(' ', wrong.Select(w => w.ErrorMessage))}");
}

static string Version() => typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

/// <summary>The composition root, named for the tests' host.</summary>
public partial class Program;
