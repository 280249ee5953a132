using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Persistence;
using Dictation.Infrastructure.Storage;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Audio;
using Dictation.Infrastructure.Tts.Audio.Encoding;
using Dictation.Infrastructure.Tts.Engine;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech.Normalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Sqlite.Storage.Internal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dictation.Infrastructure;

/// <summary>Registers what stands behind the ports.</summary>
public static class InfrastructureServices
{
    /// <param name="provider">Which database's context and migrations are used; it decides types, so it is needed before the options are read.</param>
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
        services.AddSingleton<VoiceCatalog>();
        services.AddSingleton<IVoiceCatalog>(p => p.GetRequiredService<VoiceCatalog>());
        services.AddSingleton<LoadedVoices>();
        services.AddSingleton<TextNormalizers>();
        services.AddSingleton<ISpeechSynthesizer, SpeechSynthesizer>();
        services.AddSingleton<ITtsEngine, TtsEngine>();
        services.AddSingleton<IAudioCutter, WavCutter>();
        services.AddSingleton<IAudioEncoder, AudioEncoders>();
        services.AddSingleton<IDatabaseFaults, DatabaseFaults>();
        services.AddHealthChecks().AddCheck<DatabaseHealthCheck>(DatabaseHealthCheck.Name);
        return services;
    }

    /// <summary>The context's options for one provider, alike at run time, at design time and in tests.</summary>
    public static DbContextOptionsBuilder UseDatabase(this DbContextOptionsBuilder builder, DatabaseProvider provider, string connectionString)
    {
        // A lost race is an expected answer here, and the caller logs any other exception: EF Core need not log an error as well.
        builder.ConfigureWarnings(w => w.Log(
            (RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug), (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug)));
        if (provider == DatabaseProvider.SqlServer)
        {
            return builder.UseSqlServer(connectionString, o => o.EnableRetryOnFailure());
        }

        // A file that vanishes is an error to report, not one to replace by an empty database: only the start may create it.
        var settings = new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadWrite, Cache = SqliteCacheMode.Private };
#pragma warning disable EF1001 // See KeptSqliteConnection.
        return builder.UseSqlite(settings.ToString()).ReplaceService<ISqliteRelationalConnection, KeptSqliteConnection>();
#pragma warning restore EF1001
    }

    private static void AddDatabase(IServiceCollection services, DatabaseProvider provider)
    {
        services.AddSingleton<DatabaseMetrics>();
        services.AddSingleton<LargeFigures>();
        services.AddSingleton(p => new WriteGate(oneAtATime: provider == DatabaseProvider.Sqlite, p.GetRequiredService<DatabaseMetrics>()));
        if (provider == DatabaseProvider.SqlServer)
        {
            services.AddDbContextPool<SqlServerDictationDbContext>(Configure);
            services.AddScoped<DictationDbContext>(p => p.GetRequiredService<SqlServerDictationDbContext>());
        }
        else
        {
            services.AddDbContextPool<SqliteDictationDbContext>(Configure, KeptSqliteConnection.MaxKept);
            services.AddScoped<DictationDbContext>(p => p.GetRequiredService<SqliteDictationDbContext>());
        }

        services.AddScoped<ITtsTaskRepository, TtsTaskRepository>();
        services.AddScoped<IAttemptRepository, AttemptRepository>();
        services.AddScoped<IItemRepository, ItemRepository>();
        services.AddScoped<IStatsRepository, StatsRepository>();
        services.AddScoped<ITagRepository, TagRepository>();
        services.AddSingleton<IHostedService, DatabaseStarter>();

        void Configure(IServiceProvider services, DbContextOptionsBuilder builder) =>
            builder.UseDatabase(provider, services.GetRequiredService<IOptions<DatabaseOptions>>().Value.ConnectionString)
                .AddInterceptors(services.GetRequiredService<DatabaseMetrics>());
    }
}
