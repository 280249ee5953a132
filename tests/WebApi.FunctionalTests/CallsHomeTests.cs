using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>The service connects to nobody of its own accord and writes to its data directory alone, whatever its libraries would like to do.</summary>
public sealed partial class CallsHomeTests
{
    [Test]
    [Platform("Linux", Reason = "strace is a program of Linux.")]
    public async Task Service_ThatSpeaks_LooksUpNoNameConnectsToNobodyAndWritesToItsDataDirectoryAlone()
    {
        Programs.Require(Programs.IsOnPath("strace") ? null : "there is no strace here. Install it (apt-get install strace).", "CI_STRACE");
        using var root = new TemporaryDirectory();
        var (home, data, trace) = (Path.Combine(root.Path, "home"), Path.Combine(root.Path, "data"), Path.Combine(root.Path, "trace"));
        Directory.CreateDirectory(home);
        await using (var server = await ServerProcess.StartProgramAsync(
            ServerProcess.Built,
            root.Path,
            new()
            {
                ["HOME"] = home,
                ["DATA_DIR"] = data,

                // .NET's own sockets for debuggers and profilers, in /tmp.
                ["DOTNET_EnableDiagnostics"] = "0",
            },

            // This process has ONNX Runtime's switch in its environment already; the service has to set it for itself.
            "env", "-u", "ORT_DISABLE_TELEMETRY", "strace", "-D", "-f", "-qq", "--seccomp-bpf", "-e", "trace=connect,sendto,sendmsg,sendmmsg,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat", "-o", trace))
        {
            var id = (await server.PostAsync("/api/v1/tts/convert", new JsonObject { ["text"] = "Kukaan ei soita kotiin." })).Text("conversion_id");
            Assert.That((await server.GetAsync($"/api/v1/tts/{id}?wait=30")).Text("status"), Is.EqualTo("done"));
            await server.InterruptAsync();
        }

        var calls = await File.ReadAllLinesAsync(trace);
        Assert.Multiple(() =>
        {
            Assert.That(calls, Has.Some.Contains($"{data}/dictation.db"), "the trace has what the service does");
            Assert.That(calls.Where(c => IsForeign(c, data)), Is.Empty);
            Assert.That(Directory.EnumerateFileSystemEntries(home, "*", SearchOption.AllDirectories), Is.Empty);
        });
    }

    [TestCase("""7 connect(60, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("10.1.2.3")}, 16) = -1 EINPROGRESS""", ExpectedResult = true)]
    [TestCase("""7 sendto(60, "x", 1, 0, {sa_family=AF_INET6, sin6_port=htons(53)}, 28 <unfinished ...>""", ExpectedResult = true)]
    [TestCase("""7 openat(AT_FDCWD, "/etc/resolv.conf", O_RDONLY|O_CLOEXEC) = 3""", ExpectedResult = true)]
    [TestCase("""7 openat(AT_FDCWD, "/home/a/.cache/x", O_RDWR|O_CREAT, 0644) = 3""", ExpectedResult = true)]
    [TestCase("""7 mkdir("/home/a/.cache", 0755 <unfinished ...>""", ExpectedResult = true)]
    [TestCase("""7 rename("/data/a", "/home/a") = 0""", ExpectedResult = true)]
    [TestCase("""7 rename("/data/a", "/data/b") = 0""", ExpectedResult = false)]
    [TestCase("""7 openat(AT_FDCWD, "/data/dictation.db", O_RDWR|O_CREAT|O_CLOEXEC, 0644) = 3""", ExpectedResult = false)]
    [TestCase("""7 openat(AT_FDCWD, "/usr/lib/x.so", O_RDONLY|O_CLOEXEC) = 3""", ExpectedResult = false)]
    [TestCase("""7 openat(AT_FDCWD, "/dev/null", O_RDWR) = 3""", ExpectedResult = false)]
    [TestCase("""7 sendto(60, "HTTP/1.1 200 OK", 15, MSG_NOSIGNAL, NULL, 0) = 15""", ExpectedResult = false)]
    public bool Call_OfATrace_IsForeign(string call) => IsForeign(call, "/data");

    /// <summary>Whether a traced call reaches for a name, another machine, or a file outside the data directory that it may write.</summary>
    private static bool IsForeign(string call, string data)
    {
        var name = Call().Match(call).Groups["name"].Value;
        var paths = Quoted().Matches(call).Select(m => m.Groups["path"].Value).ToList();
        return name switch
        {
            "connect" or "sendto" or "sendmsg" or "sendmmsg" => call.Contains("sa_family=AF_INET", StringComparison.Ordinal),
            "open" or "openat" => paths.Any(p => p is "/etc/resolv.conf" or "/etc/hosts")
                || (WriteFlag().IsMatch(call) && paths.Any(Outside)),
            "" => false,
            _ => paths.Any(Outside),
        };

        bool Outside(string path) => !path.StartsWith(data, StringComparison.Ordinal) && !path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/proc/self/", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\d+ +(?<name>\w+)\(")]
    private static partial Regex Call();

    [GeneratedRegex("\"(?<path>[^\"]*)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("O_WRONLY|O_RDWR|O_CREAT")]
    private static partial Regex WriteFlag();
}
