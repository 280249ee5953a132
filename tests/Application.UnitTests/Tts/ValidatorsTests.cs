using Dictation.Application.Tts;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;

namespace Dictation.Application.UnitTests.Tts;

/// <summary>What each request accepts and refuses, and under which name it is refused.</summary>
public sealed class ValidatorsTests
{
    private static readonly string LongestText = Repeat("🙂", 10_000);

    private static readonly TestCaseData[] Accepted =
    [
        Good("one character", Text("a")),
        Good("10,000 emoji", Text(LongestText)),
        Good("10,000 letters", Text(new string('a', 10_000))),
        Good("everything said", new ConvertText("Hei", "hyvää yötä 🌙.wav", "fi-FI", "fi_FI-aino-tiny", 0.5)),
        Good("fastest", Text("a", rate: 2.0)),
        Good("file name of 255 emoji", Text("a", filename: Repeat("🙂", 255))),
        Good("one text", new ConvertTexts(["a"], null, null, null, null)),
        Good("100 texts", new ConvertTexts([.. Enumerable.Repeat("a", 100)], null, null, null, null)),
        Good("first page", new ListTasks(null)),
        Good("page of one", new ListTasks(null, 1)),
        Good("page of 1000", new ListTasks(null, 1000, new string('f', 32))),
        Good("no wait", new GetTask()),
        Good("longest wait", new GetTask(30)),
        Good("clean up by default", new CleanUp()),
        Good("clean up all", new CleanUp(0, 0, false)),
        Good("clean up the oldest", new CleanUp(3650, 87600, true)),
    ];

    private static readonly TestCaseData[] Refused =
    [
        Bad("no text", Text(null), "text", "blank"),
        Bad("empty text", Text(""), "text", "blank"),
        Bad("blank text", Text(" \t\n\u3000"), "text", "blank"),
        Bad("10,001 emoji", Text(LongestText + "🙂"), "text", "length"),
        Bad("10,001 letters", Text(new string('a', 10_001)), "text", "length"),
        Bad("too slow", Text("a", rate: 0.49), "speaking_rate", "range"),
        Bad("too fast", Text("a", rate: 2.01), "speaking_rate", "range"),
        Bad("no number", Text("a", rate: double.NaN), "speaking_rate", "range"),
        Bad("empty language", new ConvertText("a", null, "", null, null), "language", "length"),
        Bad("long language", new ConvertText("a", null, "abcdefghijk", null, null), "language", "length"),
        Bad("empty voice", new ConvertText("a", null, null, "", null), "voice", "length"),
        Bad("path", Text("a", filename: "../x"), "custom_filename", "filename"),
        Bad("slash", Text("a", filename: "a/b"), "custom_filename", "filename"),
        Bad("backslash", Text("a", filename: "a\\b"), "custom_filename", "filename"),
        Bad("drive", Text("a", filename: "c:x"), "custom_filename", "filename"),
        Bad("device", Text("a", filename: "nul.wav"), "custom_filename", "filename"),
        Bad("line break", Text("a", filename: "a\r\nb"), "custom_filename", "filename"),
        Bad("reversed reading", Text("a", filename: "a\u202Egnp.wav"), "custom_filename", "filename"),
        Bad("half a character", Text("a", filename: "a\uD83D"), "custom_filename", "filename"),
        Bad("dots", Text("a", filename: "."), "custom_filename", "filename"),
        Bad("blank file name", Text("a", filename: " "), "custom_filename", "filename"),
        Bad("file name of 256 emoji", Text("a", filename: Repeat("🙂", 256)), "custom_filename", "length"),
        Bad("texts left out", new ConvertTexts(null, null, null, null, null), "texts", "count"),
        Bad("no texts", new ConvertTexts([], null, null, null, null), "texts", "count"),
        Bad("101 texts", new ConvertTexts([.. Enumerable.Repeat("a", 101)], null, null, null, null), "texts", "count"),
        Bad("a blank text among others", new ConvertTexts(["a", "b", " ", "c"], null, null, null, null), "texts[2]", "blank"),
        Bad("a null among others", new ConvertTexts(["a", null], null, null, null, null), "texts[1]", "blank"),
        Bad("a long text among others", new ConvertTexts(["a", LongestText + "🙂"], null, null, null, null), "texts[1]", "length"),
        Bad("a batch too fast", new ConvertTexts(["a"], null, null, null, 3), "speaking_rate", "range"),
        Bad("page of none", new ListTasks(null, 0), "limit", "range"),
        Bad("page of 1001", new ListTasks(null, 1001), "limit", "range"),
        Bad("short cursor", new ListTasks(null, 10, "abc"), "cursor", "cursor"),
        Bad("cursor in capitals", new ListTasks(null, 10, new string('F', 32)), "cursor", "cursor"),
        Bad("cursor in other digits", new ListTasks(null, 10, new string('\u0663', 32)), "cursor", "cursor"),
        Bad("negative wait", new GetTask(-1), "wait", "range"),
        Bad("long wait", new GetTask(31), "wait", "range"),
        Bad("negative days", new CleanUp(-1), "failed_older_than_days", "range"),
        Bad("too many days", new CleanUp(3651), "failed_older_than_days", "range"),
        Bad("negative hours", new CleanUp(null, -1), "orphaned_older_than_hours", "range"),
        Bad("too many hours", new CleanUp(null, 87601), "orphaned_older_than_hours", "range"),
    ];

    // As the service registers them, which also sets how fields are named.
    private readonly IServiceCollection services = new ServiceCollection().AddApplication();

    [TestCaseSource(nameof(Accepted))]
    public void Validate_AGoodRequest_AcceptsIt(object request) => Assert.That(Validate(request), Is.Empty);

    [TestCaseSource(nameof(Refused))]
    public void Validate_ABadRequest_NamesTheFieldAsOnTheWire(object request, string field, string code)
    {
        var errors = Validate(request);
        Assert.That(errors.Select(e => e.Field).Distinct(), Is.EqualTo((string[])[field]));
        Assert.That(errors.Select(e => e.Code), Does.Contain(code));
        Assert.That(errors.Select(e => e.Message), Has.All.EndsWith(".").And.All.Length.LessThan(200), "sentences, without the text that was sent");
    }

    [Test]
    public void Validate_SeveralBadFields_NamesEach() =>
        Assert.That(
            Validate(new ConvertText("", "a/b", null, null, 9)).Select(e => e.Field).Distinct(), Is.EquivalentTo((string[])["text", "custom_filename", "speaking_rate"]));

    private static TestCaseData Good(string name, object request) => new TestCaseData(request).SetArgDisplayNames(name);

    private static TestCaseData Bad(string name, object request, string field, string code) => new TestCaseData(request, field, code).SetArgDisplayNames(name);

    private static ConvertText Text(string? text, string? filename = null, double? rate = null) => new(text, filename, null, null, rate);

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private List<FieldError> Validate(object request)
    {
        var contract = typeof(IValidator<>).MakeGenericType(request.GetType());
        var validator = (IValidator)Activator.CreateInstance(services.Single(s => s.ServiceType == contract).ImplementationType!)!;
        return validator.Validate(new ValidationContext<object>(request)).Errors.ConvertAll(e => new FieldError(e.PropertyName, e.ErrorMessage, e.ErrorCode));
    }
}
