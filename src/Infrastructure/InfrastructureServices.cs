using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Persistence;
using Dictation.Infrastructure.Storage;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Audio;
using Dictation.Infrastructure.Tts.Audio.Encoding;
using Dictation.Infrastructure.Tts.Engine;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Dictation.Infrastructure;

/// <summary>Registers what stands behind the ports.</summary>
public static class InfrastructureServices
{
    /// <param name="provider">The database to use. It decides types, so it is needed before the options are read.</param>
    public static IServiceCollection AddInfrastructure(this IServiceCollection services, DatabaseProvider provider)
    {
        services.AddOptions<DatabaseOptions>().BindConfiguration(DatabaseOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<AudioStoreOptions>().BindConfiguration(AudioStoreOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<TtsOptions>().BindConfiguration(TtsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddHostedService<StartupPreparation>();
        AddDatabase(services, provider);
        services.AddSingleton<LocalAudioStore>();
        services.AddSingleton<IAudioStore, MeasuredAudioStore>();
        services.AddSingleton(p => p.GetRequiredService<IOptions<TtsOptions>>().Value);
        services.AddSingleton<OnnxDevices>();
        services.AddSingleton(provider => KnownVoiceFamilies.Create(provider.GetRequiredService<TtsOptions>()));
        services.AddSingleton<VoiceCatalog>();
        services.AddSingleton<IVoiceCatalog>(p => p.GetRequiredService<VoiceCatalog>());
        services.AddSingleton<LoadedVoices>();
        services.AddSingleton<TextNormalizers>();
        services.AddSingleton<ISpeechSynthesizer, SpeechSynthesizer>();
        services.AddSingleton<ISpeechReader, SpeechReader>();
        services.AddSingleton<ITtsEngine, TtsEngine>();
        services.AddSingleton<IAudioCutter, WavCutter>();
        services.AddSingleton<IAudioEncoder, AudioEncoders>();
        services.AddSingleton<IDatabaseFaults, DatabaseFaults>();
        services.AddHealthChecks().AddCheck<DatabaseHealthCheck>(DatabaseHealthCheck.Name);
        return services;
    }

    private static void AddDatabase(IServiceCollection services, DatabaseProvider provider)
    {
        services.AddSingleton(provider);
        services.AddSingleton<DatabaseMetrics>();
        services.AddSingleton<AggregateCache>();
        services.AddSingleton<DatabaseWriter>();
        provider.RegisterServices(
            services,
            (p, builder) => provider.Configure(builder, p.GetRequiredService<IOptions<DatabaseOptions>>().Value.ConnectionString)
                .AddInterceptors(p.GetRequiredService<DatabaseMetrics>()));
        services.AddScoped<ITtsTaskQueue, TtsTaskQueue>();
        services.AddScoped<ITtsTaskStore, TtsTaskStore>();
        services.AddScoped<ITtsTaskQueries, TtsTaskQueries>();
        services.AddScoped<IOrphanedAudioRepository, OrphanedAudioRepository>();
        services.AddScoped<IAttemptRepository, AttemptRepository>();
        services.AddScoped<IItemRepository, ItemRepository>();
        services.AddScoped<IStatsRepository, StatsRepository>();
        services.AddScoped<ITagRepository, TagRepository>();
        services.AddScoped<ILexiconRepository, LexiconRepository>();
        services.AddSingleton<IHostedService, DatabaseStarter>();
    }
}
