using Dictation.Application.Attempts;
using Dictation.Application.Health;
using Dictation.Application.Items;
using Dictation.Application.Lexicons;
using Dictation.Application.Tts;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dictation.Application;

/// <summary>Registers the use cases and the background work.</summary>
public static class ApplicationServices
{
    public static IServiceCollection AddApplication(this IServiceCollection services)
    {
        ValidationRules.UseWireNames();
        services.TryAddSingleton(TimeProvider.System);
        services.AddTransient<ServiceFactory>(provider => provider.GetService!);
        services.AddTransient<IMediator, Mediator>();
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));
        services.Scan(scan => scan.FromAssemblies(typeof(ApplicationServices).Assembly)
            .AddClasses(c => c.AssignableTo(typeof(IRequestHandler<,>)), publicOnly: false)
            .AsImplementedInterfaces()
            .WithTransientLifetime());

        // Validators hold rules and no state of a request, and building the rules costs more than applying them.
        services.AddValidatorsFromAssembly(typeof(ApplicationServices).Assembly, ServiceLifetime.Singleton, includeInternalTypes: true);
        services.AddAutoMapper(typeof(ApplicationServices).Assembly);
        services.AddSingleton<ConversionIds>();
        services.AddMetrics();
        services.AddSingleton<SpeechMetrics>();
        services.AddSingleton<TaskEventBroadcaster>();
        services.AddSingleton<DispatchSignal>();
        services.AddSingleton<ClaimedTasks>();
        services.AddSingleton<AudioStoreCircuitBreaker>();
        services.AddSingleton<TaskFollower>();
        services.AddSingleton<SpeechListener>();
        services.AddSingleton<TtsTaskPresenter>();
        services.AddSingleton<TaskEventAnnouncer>();
        services.AddSingleton<TaskEventRecorder>();
        services.AddSingleton<LexiconCache>();
        services.AddTransient<SpeechReadings>();
        services.AddTransient<SpeechSubmissions>();
        services.AddTransient<OrphanedAudioRemover>();
        services.AddSingleton<ItemSpeech>();
        services.AddSingleton<ItemPresenter>();
        services.AddTransient<NewItems>();
        services.AddSingleton<AttemptPresenter>();
        services.AddOptions<QueueOptions>().BindConfiguration(QueueOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHealthChecks()
            .AddCheck<AudioStoreHealthCheck>(AudioStoreHealthCheck.Name)
            .AddCheck<TtsEngineHealthCheck>(TtsEngineHealthCheck.Name)
            .AddCheck<TaskMonitorHealthCheck>(TaskMonitorHealthCheck.Name);
        services.AddSingleton<BackgroundStart>();
        services.AddOptions<HealthCheckServiceOptions>().PostConfigure<BackgroundStart>(StartupAwareHealthCheck.WrapAll);
        services.AddSingleton<IHealthCheckPublisher, HealthMetrics>();
        services.Configure<HealthCheckPublisherOptions>(o => (o.Delay, o.Period) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(15)));
        return services;
    }

    /// <summary>
    /// The background work, in the order in which it starts. It stops in the reverse order: first nothing more is claimed, then the engine
    /// ends, then its last events are stored, and only then leases are no longer renewed.
    /// </summary>
    public static IServiceCollection AddBackgroundWork(this IServiceCollection services)
    {
        services.AddHostedService<LeaseRenewer>();
        services.AddHostedService(p => p.GetRequiredService<TaskEventRecorder>());
        services.AddHostedService<TtsEngineHost>();
        services.AddHostedService<TtsTaskDispatcher>();
        services.AddHostedService<OrphanSweeper>();
        services.AddHostedService<QueueDepthSampler>();
        services.AddHostedService(p => p.GetRequiredService<BackgroundStart>());
        return services;
    }
}
