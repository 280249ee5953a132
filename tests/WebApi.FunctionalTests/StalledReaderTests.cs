using System.Diagnostics;
using System.Net.Sockets;
using Dictation.Infrastructure.Tts.Engine;
using Dictation.WebApi.FunctionalTests.Support;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>Clients that ask for events and never read them hold up nobody.</summary>
public sealed class StalledReaderTests
{
    private const int Stalled = 10;
    private const int Enough = 1000;

    [Test]
    public async Task EventStreams_ThatNobodyReads_AreCutOff_AndTheOthersGoOn()
    {
        using var chatty = new ChattySynthesizer();
        await using var server = new DictationServer(new() { ["Limits:GraceSeconds"] = "2" }, s => Cramp(s, chatty));
        var spoken = (await server.SubmitAsync("Hei.")).Text("conversion_id");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var stalled = await StallAsync(server, spoken);
        var (seen, last) = (0, 0.0);
        await foreach (var (name, data) in server.EventsAsync(spoken))
        {
            if (name == "progress")
            {
                Assert.That(data["progress"]!.GetValue<double>(), Is.GreaterThan(last));
                last = data["progress"]!.GetValue<double>();
            }

            if (++seen == Enough)
            {
                // A client that reads has read all this, and one that does not was offered it.
                Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(Stalled * 512 * 1024), "what nobody reads is not kept");
                await server.GetAsync($"/api/v1/tts/{spoken}");
                await Eventually.HoldsAsync(() => RawConnection.OpenAt(server.Http.BaseAddress!) < Stalled, "those that do not read are cut off");
                chatty.Release();
            }
        }

        Assert.That(seen, Is.GreaterThan(Enough));
        Assert.That((await server.EndedAsync(spoken)).Text("status"), Is.EqualTo("done"));
        stalled.ForEach(s => s.Dispose());
    }

    [Test]
    public async Task Stop_WhileEventsWaitForReadersThatDoNotRead_IsOrderlyAndSoon()
    {
        using var chatty = new ChattySynthesizer();
        using var data = new TemporaryDirectory();
        await using var server = new DictationServer(new() { ["Limits:GraceSeconds"] = "600", ["Database:ConnectionString"] = $"Data Source={Path.Combine(data.Path, "kept.db")}" }, s => Cramp(s, chatty));
        var spoken = (await server.SubmitAsync("Hei.")).Text("conversion_id");
        var stalled = await StallAsync(server, spoken);
        await foreach (var _ in server.EventsAsync(spoken).Take(Enough))
        {
        }

        var address = server.Http.BaseAddress!;
        var clock = Stopwatch.StartNew();
        await server.Services.GetRequiredService<IHost>().StopAsync();
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)), "well before its patience ends");
        Assert.That(() => RawConnection.OpenAsync(address), Throws.InstanceOf<SocketException>(), "nobody listens");
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(data.Path, "kept.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT ClaimId FROM TtsTasks";
        Assert.That(await command.ExecuteScalarAsync(), Is.EqualTo(DBNull.Value), "the work was handed back");
        stalled.ForEach(s => s.Dispose());
    }

    private static void Cramp(IServiceCollection services, ChattySynthesizer synthesizer)
    {
        synthesizer.Decorate(services);

        // Else the system would take megabytes for each before it let the service wait.
        services.Configure<SocketTransportOptions>(o => o.CreateBoundListenSocket = endpoint =>
        {
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
            socket.SendBufferSize = 4096;
            return socket;
        });
    }

    private static async Task<List<RawConnection>> StallAsync(DictationServer server, string conversionId)
    {
        var stalled = new List<RawConnection>();
        for (var i = 0; i < Stalled; i++)
        {
            stalled.Add(await RawConnection.OpenAsync(server.Http.BaseAddress!, receiveBuffer: 1024));
            await stalled[i].SendAsync($"GET /api/v1/tts/{conversionId}/events HTTP/1.1\r\nHost: x\r\n\r\n");
        }

        return stalled;
    }

    /// <summary>Tells of its progress all the time, until it is released.</summary>
    private sealed class ChattySynthesizer : SynthesizerDecorator, IDisposable
    {
        private readonly ManualResetEventSlim released = new();

        public void Release() => released.Set();

        public void Dispose() => released.Dispose();

        public override SynthesisResult Speak(SynthesisRequest request, Stream wav, Action<SynthesisProgress> progress, CancellationToken cancellationToken)
        {
            for (var step = 1; !released.Wait(1, cancellationToken); step++)
            {
                progress(new SynthesisProgress(step / 1e9, 16000, 0));
            }

            return Real.Speak(request, wav, _ => { }, cancellationToken);
        }
    }
}
