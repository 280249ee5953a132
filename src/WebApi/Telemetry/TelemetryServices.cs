using System.Diagnostics;
using Dictation.Application;
using Dictation.Application.Tts;
using Dictation.WebApi.Auth;
using Microsoft.AspNetCore.Http.Features;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Dictation.WebApi.Telemetry;

/// <summary>
/// Takes metrics and traces out of the service: metrics always by <c>GET /metrics</c>, and both by OTLP where OpenTelemetry's own environment variables
/// name a collector. Those may stand wherever settings do.
/// </summary>
internal static class TelemetryServices
{
    private const string MetricsPath = "/metrics";
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT", Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";

    private static readonly string[] Meters =
    [
        SpeechMetrics.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "System.Runtime",
    ];

    /// <exception cref="StartupException">A variable cannot be read; the message names it.</exception>
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var exportsMetrics = Names(configuration, "METRICS");
        var exportsTraces = Names(configuration, "TRACES");
        services.AddSingleton<PrometheusExporter>();
        services.AddSingleton(p =>
        {
            var builder = Sdk.CreateMeterProviderBuilder()
                .ConfigureServices(s => s.AddSingleton(configuration))
                .ConfigureResource(r => Describe(r, p.GetRequiredService<ServiceIdentity>()))
                .AddMeter(Meters)
                .AddReader(new BaseExportingMetricReader(p.GetRequiredService<PrometheusExporter>()));
            return (exportsMetrics ? builder.AddOtlpExporter() : builder).Build();
        });
        if (exportsMetrics || exportsTraces)
        {
            services.AddSingleton<ExportFailures>();
        }

        if (exportsTraces)
        {
            services.AddSingleton(p => Sdk.CreateTracerProviderBuilder()
                .ConfigureServices(s => s.AddSingleton(configuration))
                .ConfigureResource(r => Describe(r, p.GetRequiredService<ServiceIdentity>()))
                .AddSource(SpeechMetrics.Name, "Microsoft.AspNetCore")
                .AddProcessor(new ProbesLeftOut())
                .AddOtlpExporter()
                .Build());
        }
    }

    /// <summary>
    /// Puts onto ASP.NET Core's span what OpenTelemetry asks of a server's; ASP.NET Core 10 itself puts some or nothing there, by a switch of its own. First
    /// of all middleware.
    /// </summary>
    public static void UseTelemetry(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { IsAllDataRequested: true } activity)
        {
            await next(context);
            return;
        }

        var request = context.Request;
        activity.SetTag("http.request.method", request.Method).SetTag("url.scheme", request.Scheme).SetTag("url.path", request.Path.Value);
        await next(context);
        if (context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route })
        {
            activity.DisplayName = $"{request.Method} {route}";
            activity.SetTag("http.route", route);
        }

        activity.SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            activity.SetStatus(ActivityStatusCode.Error);
        }
    });

    /// <summary>From now on everything is measured; what is left to send is sent when the container is disposed of.</summary>
    public static void MapMetrics(this WebApplication app)
    {
        app.Services.GetRequiredService<MeterProvider>();
        app.Services.GetService<TracerProvider>();
        app.Services.GetService<ExportFailures>();
        app.MapGet(MetricsPath, (PrometheusExporter exporter, HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return TypedResults.Text(exporter.Scrape(), PrometheusExporter.ContentType);
        }).WithMetadata(new ScopeAttribute(Scopes.Metrics)).DisableHttpMetrics().ExcludeFromDescription();
    }

    private static void Describe(ResourceBuilder resource, ServiceIdentity service)
    {
        // What the operator's own variables say comes last and wins.
        resource.Clear().AddService(service.Name, serviceVersion: service.Version, autoGenerateServiceInstanceId: true).AddEnvironmentVariableDetector();
    }

    /// <summary>Whether a collector is named for a signal.</summary>
    private static bool Names(IConfiguration configuration, string signal)
    {
        var own = $"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT";
        if (configuration[own] is { Length: > 0 } special)
        {
            CheckAddress(own, special);
        }
        else if (configuration[Endpoint] is { Length: > 0 } general)
        {
            CheckAddress(Endpoint, general);
        }
        else
        {
            return false;
        }

        foreach (var name in new[] { Protocol, $"OTEL_EXPORTER_OTLP_{signal}_PROTOCOL" })
        {
            if (configuration[name] is { Length: > 0 } protocol and not ("grpc" or "http/protobuf"))
            {
                throw new StartupException($"{name} is '{protocol}'; it must be grpc or http/protobuf.");
            }
        }

        return true;
    }

    private static void CheckAddress(string name, string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new StartupException($"{name} is '{address}'; it must be an address such as http://localhost:4317.");
        }
    }

    /// <summary>Probes and scrapes come every few seconds and tell nothing.</summary>
    private sealed class ProbesLeftOut : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            if (data.Kind == ActivityKind.Server && data.GetTagItem("url.path") is string path && (path == MetricsPath || path.StartsWith("/health", StringComparison.Ordinal)))
            {
                data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            }
        }
    }
}
