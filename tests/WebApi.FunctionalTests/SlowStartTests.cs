using Dictation.Application.Health;
using Dictation.WebApi.FunctionalTests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>A machine so busy that the health checks run before the background work has started.</summary>
public sealed class SlowStartTests
{
    [Test]
    public async Task Start_SlowerThanTheHealthChecks_IsSaidToBeAStartAndRaisesNoAlarm()
    {
        var first = new FirstReport();
        await using var server = new DictationServer(services: services =>
        {
            services.AddSingleton<IHealthCheckPublisher>(first);
            services.Configure<HealthCheckPublisherOptions>(o => (o.Delay, o.Period) = (TimeSpan.Zero, TimeSpan.FromSeconds(1)));

            // Hosted services start in the order of their registration: behind the health checks' timer this one stands before all others.
            var timer = services.First(d => d.ServiceType == typeof(IHostedService) && d.ImplementationType?.Name == "HealthCheckPublisherHostedService");
            services.Insert(services.IndexOf(timer) + 1, ServiceDescriptor.Singleton<IHostedService>(first));
        });

        var report = await first.Made;
        Assert.Multiple(() =>
        {
            Assert.That(report.Entries.Keys, Is.SupersetOf([TtsEngineHealthCheck.Name, TaskMonitorHealthCheck.Name, "database", "audio_store"]));
            Assert.That(report.Entries.Values.Select(e => (e.Status, e.Description)), Has.All.EqualTo((HealthStatus.Degraded, "The service is starting.")));
            Assert.That(server.Log.Lines.Where(l => l.StartsWith("Error", StringComparison.Ordinal) || l.StartsWith("Critical", StringComparison.Ordinal)), Is.Empty);
        });
        Assert.That((await server.GetAsync("/health")).Text("status"), Is.EqualTo("healthy"), "after the start");
    }

    /// <summary>Holds the start up until the health checks have reported.</summary>
    private sealed class FirstReport : IHostedService, IHealthCheckPublisher
    {
        private readonly TaskCompletionSource<HealthReport> made = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<HealthReport> Made => made.Task;

        public Task StartAsync(CancellationToken cancellationToken) => made.Task.WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
        {
            made.TrySetResult(report);
            return Task.CompletedTask;
        }
    }
}
