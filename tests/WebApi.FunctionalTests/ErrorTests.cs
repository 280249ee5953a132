using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Dictation.Application.Abstractions;
using Dictation.WebApi.FunctionalTests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Moq;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>Every way to be refused, by every layer, has one shape.</summary>
public sealed class ErrorTests
{
    private const string Convert = "/api/v1/tts/convert";
    private const string Unknown = "/api/v1/tts/0123456789abcdef0123456789abcdef";
    private const string Secret = "SELECT secret FROM /var/lib/database";
    private DictationServer server = null!;

    public sealed record Refusal(string Name, string Method, string Path, string? Body, int Status, string Code, string? Field = null, string MediaType = "application/json")
    {
        public override string ToString() => Name;
    }

    public static IEnumerable<Refusal> Refusals =>
    [
        new("malformed JSON", "POST", Convert, "{\"text\":", 400, "malformed_request"),
        new("not an object", "POST", Convert, "[]", 400, "malformed_request"),
        new("JSON null", "POST", Convert, "null", 400, "malformed_request"),
        new("empty body", "POST", Convert, "", 400, "malformed_request"),
        new("wrong type", "POST", Convert, """{"text":5}""", 422, "validation_failed", "text"),
        new("wrong nested type", "POST", "/api/v1/tts/convert-multiple", """{"texts":["a",{}]}""", 422, "validation_failed", "texts[1]"),
        new("number as string", "POST", Convert, """{"text":"a","speaking_rate":"1"}""", 422, "validation_failed", "speaking_rate"),
        new("number beyond double", "POST", Convert, """{"text":"a","speaking_rate":1e999}""", 422, "validation_failed", "speaking_rate"),
        new("lone surrogate", "POST", Convert, """{"text":"\ud800"}""", 422, "validation_failed", "text"),
        new("key twice", "POST", Convert, """{"text":"a","text":"b"}""", 422, "validation_failed", "text"),
        new("text missing", "POST", Convert, "{}", 422, "validation_failed", "text"),
        new("text blank", "POST", Convert, """{"text":" \n\t "}""", 422, "validation_failed", "text"),
        new("text too long", "POST", Convert, $$"""{"text":"{{new string('a', 10_001)}}"}""", 422, "validation_failed", "text"),
        new("language too short", "POST", Convert, """{"text":"a","language":"f"}""", 422, "validation_failed", "language"),
        new("language without a voice", "POST", Convert, """{"text":"a","language":"sv"}""", 422, "validation_failed", "language"),
        new("unknown voice", "POST", Convert, """{"text":"a","voice":"nobody"}""", 422, "validation_failed", "voice"),
        new("rate too low", "POST", Convert, """{"text":"a","speaking_rate":0.49}""", 422, "validation_failed", "speaking_rate"),
        new("rate too high", "POST", Convert, """{"text":"a","speaking_rate":2.01}""", 422, "validation_failed", "speaking_rate"),
        new("file name with slash", "POST", Convert, """{"text":"a","custom_filename":"a/b"}""", 422, "validation_failed", "custom_filename"),
        new("file name with backslash", "POST", Convert, """{"text":"a","custom_filename":"a\\b"}""", 422, "validation_failed", "custom_filename"),
        new("file name climbing", "POST", Convert, """{"text":"a","custom_filename":".."}""", 422, "validation_failed", "custom_filename"),
        new("file name with line break", "POST", Convert, """{"text":"a","custom_filename":"a\r\nX-Evil: 1"}""", 422, "validation_failed", "custom_filename"),
        new("file name with NUL", "POST", Convert, """{"text":"a","custom_filename":"a\u0000b"}""", 422, "validation_failed", "custom_filename"),
        new("file name of a device", "POST", Convert, """{"text":"a","custom_filename":"con.wav"}""", 422, "validation_failed", "custom_filename"),
        new("file name too long", "POST", Convert, $$"""{"text":"a","custom_filename":"{{new string('a', 256)}}"}""", 422, "validation_failed", "custom_filename"),
        new("no texts", "POST", "/api/v1/tts/convert-multiple", """{"texts":[]}""", 422, "validation_failed", "texts"),
        new("texts missing", "POST", "/api/v1/tts/convert-multiple", "{}", 422, "validation_failed", "texts"),
        new("too many texts", "POST", "/api/v1/tts/convert-multiple", $$"""{"texts":[{{string.Join(',', Enumerable.Repeat("\"a\"", 101))}}]}""", 422, "validation_failed", "texts"),
        new("one text blank", "POST", "/api/v1/tts/convert-multiple", """{"texts":["a"," "]}""", 422, "validation_failed", "texts[1]"),
        new("one text null", "POST", "/api/v1/tts/convert-multiple", """{"texts":[null]}""", 422, "validation_failed", "texts[0]"),
        new("limit not a number", "GET", "/api/v1/tts?limit=many", null, 422, "validation_failed", "limit"),
        new("limit too low", "GET", "/api/v1/tts?limit=0", null, 422, "validation_failed", "limit"),
        new("limit too high", "GET", "/api/v1/tts?limit=1001", null, 422, "validation_failed", "limit"),
        new("limit beyond int", "GET", "/api/v1/tts?limit=99999999999", null, 422, "validation_failed", "limit"),
        new("unknown status", "GET", "/api/v1/tts?status=lost", null, 422, "validation_failed", "status"),
        new("status by number", "GET", "/api/v1/tts?status=77", null, 422, "validation_failed", "status"),
        new("foreign cursor", "GET", "/api/v1/tts?cursor='%20OR%201=1", null, 422, "validation_failed", "cursor"),
        new("wait too long", "GET", Unknown + "?wait=31", null, 422, "validation_failed", "wait"),
        new("wait negative", "GET", Unknown + "?wait=-1", null, 422, "validation_failed", "wait"),
        new("cleanup out of range", "POST", "/api/v1/tts/cleanup", """{"failed_older_than_days":-1}""", 422, "validation_failed", "failed_older_than_days"),
        new("unknown task", "GET", Unknown, null, 404, "task_not_found"),
        new("unknown task's audio", "GET", Unknown + "/download", null, 404, "task_not_found"),
        new("unknown task's events", "GET", Unknown + "/events", null, 404, "task_not_found"),
        new("retry of unknown task", "POST", Unknown + "/retry", null, 404, "task_not_found"),
        new("delete of unknown task", "DELETE", Unknown, null, 404, "task_not_found"),
        new("odd id", "GET", "/api/v1/tts/%2e%2e%2fetc%2fpasswd", null, 404, "task_not_found"),
        new("item without locale", "POST", "/api/v1/items", """{"text":"a"}""", 422, "validation_failed", "locale"),
        new("item's locale no tag", "POST", "/api/v1/items", """{"locale":"f!","text":"a"}""", 422, "validation_failed", "locale"),
        new("item's locale too long", "POST", "/api/v1/items", """{"locale":"fi-FI-x-abc","text":"a"}""", 422, "validation_failed", "locale"),
        new("item's locale without a voice", "POST", "/api/v1/items", """{"locale":"sv","text":"a"}""", 422, "validation_failed", "locale"),
        new("item blank", "POST", "/api/v1/items", """{"locale":"fi","text":" "}""", 422, "validation_failed", "text"),
        new("item too long", "POST", "/api/v1/items", $$"""{"locale":"fi","text":"{{new string('a', 10_001)}}"}""", 422, "validation_failed", "text"),
        new("item too difficult", "POST", "/api/v1/items", """{"locale":"fi","text":"a","difficulty":6}""", 422, "validation_failed", "difficulty"),
        new("item with too many tags", "POST", "/api/v1/items", $$"""{"locale":"fi","text":"a","tags":[{{string.Join(',', Enumerable.Range(0, 21).Select(i => $"\"{i}\""))}}]}""", 422, "validation_failed", "tags"),
        new("item with a long tag", "POST", "/api/v1/items", $$"""{"locale":"fi","text":"a","tags":["{{new string('ä', 51)}}"]}""", 422, "validation_failed", "tags"),
        new("item with no tag at all", "POST", "/api/v1/items", """{"locale":"fi","text":"a","tags":[null]}""", 422, "validation_failed", "tags"),
        new("no items", "POST", "/api/v1/items/bulk", """{"items":[]}""", 422, "validation_failed", "items"),
        new("too many items", "POST", "/api/v1/items/bulk", $$"""{"items":[{{string.Join(',', Enumerable.Repeat("{}", 101))}}]}""", 422, "validation_failed", "items"),
        new("unknown item", "GET", "/api/v1/items/7", null, 404, "item_not_found"),
        new("item by no number", "GET", "/api/v1/items/seven", null, 404, "route_not_found"),
        new("edit of an unknown item", "PATCH", "/api/v1/items/7", """{"difficulty":1}""", 404, "item_not_found"),
        new("new text for an unknown item", "PATCH", "/api/v1/items/7", """{"text":"a"}""", 404, "item_not_found"),
        new("tags of an unknown item", "PATCH", "/api/v1/items/7/tags", """{"tags":[]}""", 404, "item_not_found"),
        new("tags left out", "PATCH", "/api/v1/items/7/tags", "{}", 422, "validation_failed", "tags"),
        new("difficulty of an unknown item", "PATCH", "/api/v1/items/7/difficulty", """{"difficulty":1}""", 404, "item_not_found"),
        new("difficulty left out", "PATCH", "/api/v1/items/7/difficulty", "{}", 422, "validation_failed", "difficulty"),
        new("delete of an unknown item", "DELETE", "/api/v1/items/7", null, 404, "item_not_found"),
        new("unknown item's audio", "GET", "/api/v1/items/7/audio", null, 404, "item_not_found"),
        new("pace too slow", "GET", "/api/v1/items/7/audio?speaking_rate=0.4", null, 422, "validation_failed", "speaking_rate"),
        new("refresh of an unknown item", "POST", "/api/v1/items/7/audio/refresh", null, 404, "item_not_found"),
        new("unknown item's status", "GET", "/api/v1/items/7/tts-status", null, 404, "item_not_found"),
        new("items' unknown sort", "GET", "/api/v1/items?sort=text", null, 422, "validation_failed", "sort"),
        new("items' difficulty no range", "GET", "/api/v1/items?difficulty=4..2", null, 422, "validation_failed", "difficulty"),
        new("items' difficulty in words", "GET", "/api/v1/items?difficulty=easy", null, 422, "validation_failed", "difficulty"),
        new("items' unknown status", "GET", "/api/v1/items?tts_status=done", null, 422, "validation_failed", "tts_status"),
        new("items' practised no bool", "GET", "/api/v1/items?practiced=perhaps", null, 422, "validation_failed", "practiced"),
        new("page zero", "GET", "/api/v1/items?page=0", null, 422, "validation_failed", "page"),
        new("page too long", "GET", "/api/v1/items?per_page=101", null, 422, "validation_failed", "per_page"),
        new("tag blank", "POST", "/api/v1/tags", """{"name":" "}""", 422, "validation_failed", "name"),
        new("unknown tag", "DELETE", "/api/v1/tags/7", null, 404, "tag_not_found"),
        new("attempt without item", "POST", "/api/v1/attempts", """{"transcription":"a"}""", 422, "validation_failed", "item_id"),
        new("attempt without transcription", "POST", "/api/v1/attempts", """{"item_id":7}""", 422, "validation_failed", "transcription"),
        new("attempt too long", "POST", "/api/v1/attempts", $$"""{"item_id":7,"transcription":"{{new string('a', 10_001)}}"}""", 422, "validation_failed", "transcription"),
        new("attempt in a strange profile", "POST", "/api/v1/attempts", """{"item_id":7,"transcription":"a","profile":"kind"}""", 422, "validation_failed", "profile"),
        new("attempt with a script for an address", "POST", "/api/v1/attempts", """{"item_id":7,"transcription":"a","audio_url":"javascript:alert(1)"}""", 422, "validation_failed", "audio_url"),
        new("attempt of a long-named learner", "POST", "/api/v1/attempts", $$"""{"item_id":7,"transcription":"a","user_id":"{{new string('a', 101)}}"}""", 422, "validation_failed", "user_id"),
        new("attempt longer than a day", "POST", "/api/v1/attempts", """{"item_id":7,"transcription":"a","duration_ms":86400001}""", 422, "validation_failed", "duration_ms"),
        new("attempt with replays below none", "POST", "/api/v1/attempts", """{"item_id":7,"transcription":"a","replays":-1}""", 422, "validation_failed", "replays"),
        new("attempt on an unknown item", "POST", "/api/v1/attempts", """{"item_id":7,"transcription":"a"}""", 404, "item_not_found"),
        new("attempt at an unknown item", "POST", "/api/v1/items/7/attempts", """{"transcription":"a"}""", 404, "item_not_found"),
        new("unknown item's attempts", "GET", "/api/v1/items/7/attempts", null, 404, "item_not_found"),
        new("unknown attempt", "GET", "/api/v1/attempts/7", null, 404, "attempt_not_found"),
        new("attempts until before since", "GET", "/api/v1/attempts?since=2026-02-01&until=2026-01-01", null, 422, "validation_failed", "until"),
        new("attempts since no time", "GET", "/api/v1/attempts?since=yesterday", null, 422, "validation_failed", "since"),
        new("unknown route", "GET", "/api/v2/nothing", null, 404, "route_not_found"),
        new("wrong method", "PUT", Convert, "{}", 405, "method_not_allowed"),
        new("another encoding", "POST", Convert, """{"text":"a"}""", 415, "unsupported_media_type", MediaType: "application/json; charset=utf-16"),
        new("blank id", "GET", "/api/v1/tts/%09%0D%0A", null, 404, "task_not_found"),
        new("blank id to retry", "POST", "/api/v1/tts/%20/retry", null, 404, "task_not_found"),
        new("wrong media type", "POST", Convert, "text=a", 415, "unsupported_media_type", MediaType: "application/x-www-form-urlencoded"),
        new("body too large", "POST", Convert, $$"""{"text":"{{new string('a', 70_000)}}"}""", 413, "body_too_large"),
        new("a bug", "GET", "/api/v1/tts/statistics", null, 500, "internal_error"),
    ];

    [OneTimeSetUp]
    public void StartServer()
    {
        var queries = new Mock<ITtsTaskQueries>();
        queries.Setup(t => t.GetStatisticsAsync(It.IsAny<int>(), It.IsAny<CancellationToken>())).ThrowsAsync(new InvalidOperationException(Secret));
        var tasks = new Mock<ITtsTaskStore>();
        tasks.Setup(t => t.DeleteAsync(It.IsAny<string>(), It.IsAny<DateTime>(), It.IsAny<CancellationToken>())).ReturnsAsync(DeleteOutcome.NotFound);
        server = new DictationServer(new() { ["Server:MaxBodyBytes"] = "65536" }, s => s.Replace(ServiceDescriptor.Scoped(_ => tasks.Object)).Replace(ServiceDescriptor.Scoped(_ => queries.Object)));
    }

    [OneTimeTearDown]
    public async Task StopServer() => await server.DisposeAsync();

    [TestCaseSource(nameof(Refusals))]
    public async Task Request_ThatIsRefused_AnswersInTheOneShape(Refusal refused)
    {
        using var request = new HttpRequestMessage(new HttpMethod(refused.Method), refused.Path);
        if (refused.Body is not null)
        {
            request.Content = new StringContent(refused.Body, System.Net.Http.Headers.MediaTypeHeaderValue.Parse(refused.MediaType));
        }

        using var response = await server.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(refused.Status), text);
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        var error = JsonNode.Parse(text)!.AsObject();
        Assert.Multiple(() =>
        {
            Assert.That(error.Select(p => p.Key), Is.EquivalentTo((string[])["type", "title", "status", "instance", "error", "detail", "code", "errors", "request_id"]));
            Assert.That(error["status"]!.GetValue<int>(), Is.EqualTo(refused.Status));
            Assert.That(error.Text("code"), Is.EqualTo(refused.Code));
            Assert.That(error.Text("error"), Does.EndWith("."));
            Assert.That(error.Text("instance"), Does.StartWith("/"));
            Assert.That(error.Text("request_id"), Is.Not.Empty);
            Assert.That(text, Does.Not.Contain("Exception").And.Not.Contain(server.Data.Path).And.Not.Contain("SELECT"));
            if (refused.Field is null)
            {
                Assert.That(error["errors"], Is.Null);
            }
            else
            {
                Assert.That(error["errors"]!.AsArray().Select(e => e!.Text("field")), Does.Contain(refused.Field), text);
            }
        });
    }

    [Test]
    public async Task Request_ThatIsNoHttp_IsClosedWithout500()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Http.BaseAddress!.Port);
        await socket.GetStream().WriteAsync("NONSENSE\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(socket.GetStream());
        Assert.That(await reader.ReadLineAsync(), Does.Contain("400"));
    }

    [Test]
    public async Task UnhandledException_IsLoggedUnderTheRequestIdThatTheClientGot()
    {
        var error = await server.GetAsync("/api/v1/tts/statistics", 500);
        Assert.That(server.Log.Lines, Has.Some.Contains(error.Text("request_id")).And.Contains(Secret));
        Assert.That(error.ToJsonString(), Does.Not.Contain(Secret));
    }
}
