using Dictation.Infrastructure.Tts.Voices.Installation;
using Spectre.Console;

namespace Dictation.WebApi.Commands;

/// <summary>The command <c>voices install</c>. Licences are accepted, and what cannot be used is refused, before any network is downloaded.</summary>
internal sealed class VoicesInstallCommand(VoiceServices services, TextWriter output, TextWriter error)
{
    /// <param name="names">What to install.</param>
    /// <param name="accepted">Names of licences.</param>
    /// <param name="id">The name that the voice gets; null for its own.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string[] names, string[] accepted, string? id, CancellationToken cancellationToken)
    {
        // What the catalogue knows needs no network.
        if (!await AcceptListedAsync(names, accepted))
        {
            return CommandLine.UsageError;
        }

        var packages = new List<VoicePackage>();
        foreach (var name in names)
        {
            if (await PrepareAsync(name, accepted, id, cancellationToken) is not { } package)
            {
                return CommandLine.UsageError;
            }

            if (packages.Any(p => p.Id == package.Id))
            {
                await error.WriteLineAsync($"Two of these would have the name {package.Id}. Install one of them alone, with another --name.");
                return CommandLine.UsageError;
            }

            packages.Add(package);
        }

        var exitCode = 0;
        foreach (var package in packages)
        {
            exitCode = Math.Max(exitCode, await InstallAsync(package, cancellationToken));
        }

        return exitCode;
    }

    /// <returns>Null where the licence is not accepted.</returns>
    private async Task<VoicePackage?> PrepareAsync(string name, string[] accepted, string? id, CancellationToken cancellationToken)
    {
        var package = await services.Source.FindAsync(name, id, cancellationToken);
        if (package.Licence.IsKnown && !await AcceptAsync(package, accepted))
        {
            return null;
        }

        var licence = await ProgressAsync(report => services.Installer.PrepareAsync(package, report, cancellationToken));
        return package.Licence.IsKnown || await AcceptAsync(package with { Licence = licence }, accepted) ? package : null;
    }

    private async Task<bool> AcceptListedAsync(string[] names, string[] accepted)
    {
        foreach (var listed in names.Select(services.Listing.Find).OfType<ListedVoice>())
        {
            var licence = Licence.From(listed.Licence);
            if (licence is { IsKnown: true, IsFree: false } && !licence.IsAcceptedBy(accepted) && !await AcceptAsync(listed.Package, accepted))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Shows a licence.</summary>
    /// <returns>Whether it is free for all use, or accepted by its name.</returns>
    private async Task<bool> AcceptAsync(VoicePackage package, string[] accepted)
    {
        var licence = package.Licence;
        await error.WriteLineAsync($"{package.Id}: licence {licence}{(package.LicenceNote is { } note ? $" {note}" : "")}, from {package.Source}");
        if (licence.IsFree || licence.IsAcceptedBy(accepted))
        {
            return true;
        }

        var name = licence.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') ? licence.Name : $"\"{licence.Name}\"";
        await error.WriteLineAsync(licence.IsKnown
            ? $"The licence of {package.Id} is not known to be free for all use. Read it, and add --accept-licence {name} if your use keeps to it."
            : $"{package.Id} states no licence. Read its page, and add --accept-licence {name} if you may use it.");
        return false;
    }

    private async Task<int> InstallAsync(VoicePackage package, CancellationToken cancellationToken)
    {
        if (services.Installer.ChangeOf(package) is { } change)
        {
            await error.WriteLineAsync(change);
        }

        var (pinned, problem) = await ProgressAsync(report => services.Installer.InstallAsync(package, report, cancellationToken));
        if (pinned.Count > 0)
        {
            await error.WriteLineAsync($"Nobody publishes a checksum of {string.Join(", ", pinned)}: what came is pinned in {VoiceInstaller.PinsFile}, and anything else is refused from now on.");
        }

        await output.WriteLineAsync(package.Id);
        if (problem is null)
        {
            return 0;
        }

        await error.WriteLineAsync($"{package.Id} is installed but cannot be used yet. {problem}");
        return 1;
    }

    /// <summary>With a bar for each file; lines where the output is no terminal.</summary>
    private Task<T> ProgressAsync<T>(Func<Action<string, long, long?>, Task<T>> run) =>
        VoicesCommand.ConsoleOn(error, Console.IsErrorRedirected).Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                Dictionary<string, ProgressTask> files = [];
                return await run(Report);

                void Report(string file, long bytes, long? total)
                {
                    if (!files.TryGetValue(file, out var task))
                    {
                        files[file] = task = progress.AddTask(Markup.Escape(file));
                    }

                    task.IsIndeterminate = total is null;
                    task.MaxValue = total ?? Math.Max(bytes, 1);
                    task.Value = bytes;
                }
            });
}
