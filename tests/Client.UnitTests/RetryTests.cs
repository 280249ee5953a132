using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;

namespace Dictation.Client.UnitTests;

/// <summary>What is tried again, how often and when; time is the test's own.</summary>
public sealed class RetryTests
{
    private const string Busy = """{"type":"about:blank","title":"Service Unavailable","status":503,"instance":"/","error":"The queue is full.","detail":null,"code":"queue_full","errors":null,"request_id":"1"}""";

    private static readonly TestCaseData[] Repeated =
    [
        Call("get", c => c.GetTaskAsync("a")),
        Call("list", c => c.ListItemsAsync()),
        Call("download", c => c.DownloadAudioAsync("a")),
        Call("head", c => c.HeadAudioAsync("a")),
        Call("delete", c => c.DeleteTaskAsync("a")),
        Call("convert, which the service recognises", c => c.ConvertTextAsync(new ConvertText { Text = "a" })),
        Call("convert-multiple, too", c => c.ConvertTextsAsync(new ConvertTexts { Texts = ["a"] })),
    ];

    private static readonly TestCaseData[] NotRepeated =
    [
        Call("retry", c => c.RetryTaskAsync("a")),
        Call("clean up", c => c.CleanUpAsync()),
        Call("create", c => c.CreateItemAsync(new CreateItem())),
        Call("edit", c => c.EditItemAsync(1, new EditItem())),
        Call("attempt", c => c.AddAttemptAsync(new AddAttempt())),
        Call("refresh", c => c.RefreshItemAudioAsync(1)),
    ];

    private readonly TestClock clock = new();

    [TestCaseSource(nameof(Repeated))]
    public async Task ABusyService_IsAskedAgain_AfterTheTimeItAsksFor(Func<IDictationClient, Task> call)
    {
        var service = new Service(Answer(503, retryAfter: 7), Answer(429, retryAfter: 3), Answer(404));
        var task = call(Client(service));
        await clock.AdvanceToNextAsync(TimeSpan.FromSeconds(7));
        await clock.AdvanceToNextAsync(TimeSpan.FromSeconds(3));
        Assert.That((await ThrownAsync(task)).StatusCode, Is.EqualTo(404));
        Assert.That(service.Calls, Is.EqualTo(3));
    }

    [TestCaseSource(nameof(NotRepeated))]
    public async Task WhatWouldBeDoneTwice_IsNotRepeated(Func<IDictationClient, Task> call)
    {
        var service = new Service(Answer(503, retryAfter: 7));
        var failure = await ThrownAsync(call(Client(service)));
        Assert.That((failure.StatusCode, failure.RetryAfter, failure.Problem!.Code, service.Calls), Is.EqualTo((503, TimeSpan.FromSeconds(7), "queue_full", 1)));
    }

    [TestCase(400)]
    [TestCase(404)]
    [TestCase(409)]
    [TestCase(422)]
    [TestCase(500)]
    public async Task OtherAnswers_AreAnswers(int status)
    {
        var service = new Service(Answer(status));
        Assert.That((await ThrownAsync(Client(service).GetTaskAsync("a"))).StatusCode, Is.EqualTo(status));
        Assert.That(service.Calls, Is.EqualTo(1));
    }

    [Test]
    public async Task ABadHealth_IsAnAnswer()
    {
        var service = new Service(() => Json(503, "application/json", """{"status":"unhealthy","service":"dictation","version":"1","timestamp":"2026-11-23T00:00:00Z","checks":{}}"""));
        var failure = await ThrownAsync(Client(service).GetHealthAsync());
        Assert.That(((DictationException<Health>)failure).Result.Status, Is.EqualTo(HealthState.Unhealthy));
        Assert.That(service.Calls, Is.EqualTo(1));
    }

    [Test]
    public async Task ALongerWaitThanAllowed_IsLeftToTheCaller()
    {
        var service = new Service(Answer(503, retryAfter: 61));
        Assert.That((await ThrownAsync(Client(service).GetTaskAsync("a"))).RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(61)));
        Assert.That(service.Calls, Is.EqualTo(1));
    }

    [Test]
    public async Task ADate_IsWaitedFor()
    {
        var service = new Service(
            () =>
            {
                var response = Json(503, "application/problem+json", Busy);
                response.Headers.RetryAfter = new RetryConditionHeaderValue(clock.GetUtcNow().AddSeconds(20));
                return response;
            },
            Answer(404));
        var task = Client(service).GetTaskAsync("a");
        await clock.AdvanceToNextAsync(TimeSpan.FromSeconds(20));
        Assert.That((await ThrownAsync(task)).StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task AServiceThatCannotBeReached_IsTriedAfterGrowingTimes_AndThenGivenUp()
    {
        var service = new Service(Enumerable.Repeat<Func<HttpResponseMessage>>(() => throw new HttpRequestException("refused"), 4).ToArray());
        var task = Client(service, o => o.MaxRetries = 3).GetTaskAsync("a");
        var waits = new[] { await clock.AdvanceToNextAsync(), await clock.AdvanceToNextAsync(), await clock.AdvanceToNextAsync() };
        Assert.That(async () => await task, Throws.TypeOf<HttpRequestException>());
        Assert.Multiple(() =>
        {
            Assert.That(service.Calls, Is.EqualTo(4));
            Assert.That(waits, Has.All.GreaterThan(TimeSpan.Zero).And.All.LessThan(TimeSpan.FromMinutes(1)));
        });
    }

    [Test]
    public async Task NoRetries_IsAllowed()
    {
        var service = new Service(Answer(503, retryAfter: 1));
        Assert.That((await ThrownAsync(Client(service, o => o.MaxRetries = 0).GetTaskAsync("a"))).StatusCode, Is.EqualTo(503));
        Assert.That(service.Calls, Is.EqualTo(1));
    }

    [Test]
    public void Cancellation_EndsTheWaiting()
    {
        using var stop = new CancellationTokenSource();
        var task = Client(new Service(Answer(503, retryAfter: 30))).GetTaskAsync("a", cancellationToken: stop.Token);
        stop.Cancel();
        Assert.That(async () => await task, Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase(null, 5, "BaseAddress")]
    [TestCase("ftp://example.org", 5, "BaseAddress")]
    [TestCase("http://example.org", -1, "MaxRetries")]
    [TestCase("http://example.org", 21, "MaxRetries")]
    public void WrongOptions_AreNamed(string? address, int retries, string name)
    {
        var options = new DictationClientOptions { BaseAddress = address is null ? null : new Uri(address), MaxRetries = retries };
        Assert.That(() => DictationClientServices.CreateDictationClient(options), Throws.ArgumentException.With.Message.Contains(name));
    }

    [TestCase("http://example.org", "http://example.org/api/v1/tts/a")]
    [TestCase("http://example.org/", "http://example.org/api/v1/tts/a")]
    [TestCase("https://example.org/speech", "https://example.org/speech/api/v1/tts/a")]
    [TestCase("https://example.org/speech/", "https://example.org/speech/api/v1/tts/a")]
    public async Task Addresses_KeepThePrefix_AndCallsCarryTheKey(string address, string expected)
    {
        var service = new Service(Answer(404));
        await ThrownAsync(Client(service, o => (o.BaseAddress, o.ApiKey) = (new Uri(address), "secret")).GetTaskAsync("a"));
        Assert.That((service.Last!.RequestUri!.AbsoluteUri, service.Last.Headers.GetValues("X-API-Key").Single()), Is.EqualTo((expected, "secret")));
    }

    private static TestCaseData Call(string name, Func<IDictationClient, Task> call) => new TestCaseData(call).SetArgDisplayNames(name);

    private static Func<HttpResponseMessage> Answer(int status, int? retryAfter = null) => () =>
    {
        var response = Json(status, "application/problem+json", Busy);
        response.Headers.RetryAfter = retryAfter is { } seconds ? new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds)) : null;
        return response;
    };

    private static HttpResponseMessage Json(int status, string type, string body) =>
        new((HttpStatusCode)status) { Content = new StringContent(body, new MediaTypeHeaderValue(type)) };

    private static async Task<DictationException> ThrownAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (DictationException e)
        {
            return e;
        }

        throw new AssertionException("The call did not fail.");
    }

    private IDictationClient Client(Service service, Action<DictationClientOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddDictationClient(o =>
        {
            o.BaseAddress = new Uri("http://example.org");
            configure?.Invoke(o);
        }).ConfigurePrimaryHttpMessageHandler(() => service);
        return services.BuildServiceProvider().GetRequiredService<IDictationClient>();
    }

    /// <summary>Gives one answer after the other.</summary>
    private sealed class Service(params Func<HttpResponseMessage>[] answers) : HttpMessageHandler
    {
        public int Calls { get; private set; }

        public HttpRequestMessage? Last { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Last = request;
            return Task.FromResult(answers[Calls++]());
        }
    }
}
