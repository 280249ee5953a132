using System.Diagnostics;
using Dictation.Espeak;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

[Platform(Exclude = "Win", Reason = "Programs are wrapped in shell commands.")]
public sealed class EspeakProcessTests
{
    /// <summary>An identity of version 9 without voices, as the process writes it.</summary>
    private const string SaysWhatItIs = @"printf '\001\0019\042\126\000\000\000\000\000\000'";

    [OneTimeSetUp]
    public void NeedEspeak() => Espeak.Require();

    [Test]
    public void Identity_OfTheLibrary_NamesVersionRateAndVoices()
    {
        using var process = new EspeakProcess();

        Assert.Multiple(() =>
        {
            Assert.That(process.Identity!.Version, Does.Match(@"^\d+\.\d+"));
            Assert.That(process.Identity.SampleRate, Is.EqualTo(22050));
            Assert.That(process.Identity.Voices.SelectMany(v => v.Languages).Select(l => l.Code), Is.SupersetOf((string[])["fi", "sv", "en-us"]));
        });
    }

    [Test]
    public void Read_AfterTheProcessWasKilled_SaysTheSame()
    {
        const string Text = "Hyvää huomenta, maailma.";
        var pid = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"espeak-{Guid.NewGuid():N}.pid");
        var program = EspeakProcess.ProgramBesideThis();
        using var process = new EspeakProcess(() => Shell($"echo $$ > '{pid}'; exec '{program.FileName}'", program));
        var crashes = new List<int>();
        process.Crashed += crashes.Add;
        var before = process.Read("fi", Text);

        using (var child = Process.GetProcessById(int.Parse(File.ReadAllText(pid), System.Globalization.CultureInfo.InvariantCulture)))
        {
            child.Kill();
        }

        var after = process.Read("fi", Text);
        Assert.Multiple(() =>
        {
            Assert.That(before, Has.Count.EqualTo(2));
            Assert.That(after, Is.EqualTo(before));
            Assert.That(crashes, Is.EqualTo((int[])[Text.Length]));
        });
        File.Delete(pid);
    }

    [Test]
    public void Read_ATextThatCrashesItEachTime_Throws()
    {
        using var process = new EspeakProcess(() => Shell($"{SaysWhatItIs}; head -c 1 > /dev/null"));
        var crashes = 0;
        process.Crashed += _ => crashes++;

        Assert.Multiple(() =>
        {
            Assert.That(process.Identity, Has.Property("Version").EqualTo("9").And.Property("SampleRate").EqualTo(22050));
            Assert.That(() => process.Read("fi", "abc"), Throws.TypeOf<EspeakException>().With.Message.Contains("3 characters"));
            Assert.That(crashes, Is.EqualTo(2));
        });
    }

    [Test]
    public void Read_WithoutAnAnswer_IsEndedAtTheLimit()
    {
        using var process = new EspeakProcess(() => Shell($"{SaysWhatItIs}; exec cat > /dev/null"), TimeSpan.FromMilliseconds(300));

        Assert.That(() => process.Read("fi", "abc"), Throws.TypeOf<EspeakException>());
    }

    [Test]
    public void Identity_WhereTheProgramIsMissing_SaysSo()
    {
        using var process = new EspeakProcess(() => new ProcessStartInfo("/nowhere/espeak"));

        Assert.That(() => process.Identity, Throws.TypeOf<EspeakException>().With.Message.StartsWith("the program espeak, which it runs in, does not start: "));
    }

    private static ProcessStartInfo Shell(string command, ProcessStartInfo? with = null)
    {
        var start = with ?? new ProcessStartInfo();
        start.FileName = "/bin/sh";
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(command);
        return start;
    }
}
