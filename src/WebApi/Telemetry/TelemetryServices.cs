using Dictation.Application;
using Dictation.Application.Tts;
using Dictation.WebApi.Auth;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Dictation.WebApi.Telemetry;

/// <summary>
/// Exports metrics and traces: metrics always by <c>GET /metrics</c>, and both by OTLP where OpenTelemetry's own environment variables
/// name a collector. Those may stand wherever settings do.
/// </summary>
internal static class TelemetryServices
{
    private const string MetricsPath = "/metrics";
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT", Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";

    /// <exception cref="StartupException">A variable cannot be read; the message names it.</exception>
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var exportsMetrics = Names(configuration, "METRICS");
        var exportsTraces = Names(configuration, "TRACES");
        var telemetry = services.AddOpenTelemetry().WithMetrics(metrics =>
        {
            metrics.AddMeter(SpeechMetrics.Name).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation()

                // Each would count every request once more, scrapes and probes too; http.server.request.duration has the 401 and 403.
                .AddView("aspnetcore.routing.match_attempts", MetricStreamConfiguration.Drop)
                .AddView("aspnetcore.authentication.*", MetricStreamConfiguration.Drop)
                .AddView("aspnetcore.authorization.*", MetricStreamConfiguration.Drop)
                .AddPrometheusExporter(o =>
                {
                    // Names as dashboards and alerts have them, and every scrape measures.
                    o.ScopeInfoEnabled = false;
                    o.ScrapeResponseCacheDurationMilliseconds = 0;
                });
            if (exportsMetrics)
            {
                metrics.AddOtlpExporter();
            }
        });
        services.ConfigureOpenTelemetryMeterProvider((provider, metrics) => metrics.ConfigureResource(r => Describe(r, provider.GetRequiredService<ServiceIdentity>())));
        if (exportsTraces)
        {
            telemetry.WithTracing(traces => traces
                .AddSource(SpeechMetrics.Name)
                .AddAspNetCoreInstrumentation(o => o.Filter = context => !IsProbe(context.Request.Path))
                .AddOtlpExporter());
            services.ConfigureOpenTelemetryTracerProvider((provider, traces) => traces.ConfigureResource(r => Describe(r, provider.GetRequiredService<ServiceIdentity>())));
        }

        if (exportsMetrics || exportsTraces)
        {
            services.AddSingleton<ExportFailures>();
        }
    }

    public static void MapMetrics(this WebApplication app)
    {
        app.MapPrometheusScrapingEndpoint(MetricsPath, meterProvider: null, configureBranchedPipeline: branch => branch.Use((context, next) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return next(context);
        }), optionsName: null).WithMetadata(new HttpMethodMetadata([HttpMethods.Get])).RequireAuthorization(ScopeNames.Metrics).DisableHttpMetrics();
        app.Services.GetService<ExportFailures>();
    }

    /// <summary>Probes and scrapes come every few seconds and tell nothing.</summary>
    private static bool IsProbe(PathString path) => path == MetricsPath || path.StartsWithSegments("/health");

    private static void Describe(ResourceBuilder resource, ServiceIdentity service)
    {
        // The operator's own variables come last and win.
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
}
