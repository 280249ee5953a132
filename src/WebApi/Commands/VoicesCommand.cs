using System.CommandLine;
using System.Text.Json;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices.Installation;
using Dictation.Speech;
using Dictation.WebApi.Configuration;
using Dictation.WebApi.Wire;
using Spectre.Console;

namespace Dictation.WebApi.Commands;

/// <summary>The command <c>voices</c>: lists, installs, verifies and removes voices without starting the service.</summary>
internal sealed class VoicesCommand(VoiceListing listing, VoiceInstaller installer, TextWriter output, TextWriter error)
{
    public const string Name = "voices";

    public static Command Create(TextWriter output, TextWriter error)
    {
        var directory = new Option<string>("--directory") { Description = "Where voices are, in place of the setting VOICES_DIR or the folder voices under DATA_DIR.", Recursive = true };
        return new Command(Name, "List, install, verify and remove voices.") { directory, List(), Install(), Verify(), Remove() };

        Command List()
        {
            var installed = new Option<bool>("--installed") { Description = "Only those that are installed." };
            var language = new Option<string>("--language") { Description = "Only those of one language, such as fi.", HelpName = "code" };
            language.CompletionSources.Add(_ => Listing().Voices.Select(v => v.Language).Distinct().Select(l => new System.CommandLine.Completions.CompletionItem(l)));
            var json = new Option<bool>("--json") { Description = "As JSON." };
            var command = new Command("list", "Show the voices of the catalogue and those that are installed.") { installed, language, json };
            command.SetAction((parsed, _) => RunAsync(parsed, c => c.ListAsync(parsed.GetValue(installed), parsed.GetValue(language), parsed.GetValue(json))));
            return command;
        }

        Command Install()
        {
            var ids = Ids(ArgumentArity.OneOrMore, "The voices' names in the catalogue.");
            var accept = new Option<bool>("--accept-licence") { Description = "Accept a licence that is not free for all use." };
            var command = new Command("install", "Download voices, and check them.") { ids, accept };
            command.SetAction((parsed, cancel) => RunAsync(parsed, c => c.InstallAsync(parsed.GetRequiredValue(ids), parsed.GetValue(accept), cancel)));
            return command;
        }

        Command Verify()
        {
            var ids = Ids(ArgumentArity.ZeroOrMore, "The installed voices to look at; all when none is named.");
            var command = new Command("verify", "Compare installed voices with their checksums.") { ids };
            command.SetAction((parsed, _) => RunAsync(parsed, c => c.VerifyAsync(parsed.GetValue(ids) ?? [])));
            return command;
        }

        Command Remove()
        {
            var ids = Ids(ArgumentArity.OneOrMore, "The installed voices to remove.");
            var command = new Command("remove", "Delete installed voices.") { ids };
            command.SetAction((parsed, _) => RunAsync(parsed, c => c.RemoveAsync(parsed.GetRequiredValue(ids))));
            return command;
        }

        async Task<int> RunAsync(ParseResult parsed, Func<VoicesCommand, Task<int>> run)
        {
            try
            {
                var options = Settings();

                // Proxies are taken from HTTP_PROXY, HTTPS_PROXY and NO_PROXY.
                using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
                http.DefaultRequestHeaders.UserAgent.ParseAdd("dictation-voices");
                var folder = parsed.GetValue(directory) ?? (options.VoicesDirectory.Length > 0 ? options.VoicesDirectory : options.DefaultVoicesDirectory);
                return await run(new VoicesCommand(Listing(), new VoiceInstaller(folder, http, TimeProvider.System, Mirror(options)), output, error));
            }
            catch (VoiceException e)
            {
                await error.WriteLineAsync(e.Message);
                return 1;
            }
            catch (OperationCanceledException)
            {
                await error.WriteLineAsync("Interrupted. Downloaded parts are kept: the same command continues from there.");
                return 1;
            }
        }
    }

    private static Argument<string[]> Ids(ArgumentArity arity, string description)
    {
        var ids = new Argument<string[]>("id") { Arity = arity, Description = description, HelpName = "id" };
        ids.CompletionSources.Add(_ => Listing().Voices.Select(v => new System.CommandLine.Completions.CompletionItem(v.Id)));
        return ids;
    }

    private static VoiceListing Listing() => VoiceListing.Read(VoiceListing.DefaultPath);

    /// <summary>As the service reads them, without its command line, which has another meaning here.</summary>
    private static TtsOptions Settings()
    {
        using var configuration = new ConfigurationManager();
        configuration.AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true);
        configuration.AddDictation([], Directory.GetCurrentDirectory());
        return configuration.GetSection(TtsOptions.Section).Get<TtsOptions>() ?? new TtsOptions();
    }

    private static Uri? Mirror(TtsOptions options) => options.VoicesMirror.Length == 0 ? null
        : Uri.TryCreate(options.VoicesMirror, UriKind.Absolute, out var mirror) && mirror.Scheme is "http" or "https" ? mirror
        : throw new VoiceException("Tts:VoicesMirror (VOICES_MIRROR) must be an http or https address.");

    private static IAnsiConsole ConsoleOn(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect });
        if (redirected)
        {
            // A file has no edge to wrap at.
            console.Profile.Width = 1000;
        }

        return console;
    }

    private async Task<int> ListAsync(bool onlyInstalled, string? language, bool json)
    {
        var installed = installer.Installed();
        var rows = listing.Voices
            .Select(v => new Row(v.Id, v.Language, v.KnownSize, v.Licence, v.Source, installed.Contains(v.Id)))
            .Concat(installed.Where(i => listing.Voices.All(v => v.Id != i)).Select(i => new Row(i, null, 0, null, null, Installed: true)))
            .Where(r => (!onlyInstalled || r.Installed) && (language is null || r.Language == language))
            .ToList();
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(rows, Json.Options));
            return 0;
        }

        var table = new Table().NoBorder().AddColumns("", "Voice", "Language").AddColumn("Size", c => c.RightAligned()).AddColumns("Licence", "Source");
        foreach (var row in rows)
        {
            string[] cells = [row.Installed ? "*" : "", row.Id, row.Language ?? "?", row.Size > 0 ? $"{row.Size / 1_000_000} MB" : "?", row.Licence ?? "?", row.Source ?? "not in the catalogue"];
            table.AddRow(cells.Select(c => new Text(c)));
        }

        ConsoleOn(output, Console.IsOutputRedirected).Write(table);
        return 0;
    }

    private async Task<int> InstallAsync(string[] ids, bool acceptLicence, CancellationToken cancellationToken)
    {
        var voices = ids.Select(listing.Find).ToList();
        foreach (var voice in voices)
        {
            await error.WriteLineAsync($"{voice.Id}: licence {voice.Licence}, from {voice.Source}");
            if (voice.NonCommercial && !acceptLicence)
            {
                await error.WriteLineAsync($"The licence of {voice.Id} forbids commercial use. Add --accept-licence if yours is none.");
                return CommandLine.UsageError;
            }
        }

        foreach (var voice in voices)
        {
            var (pinned, problem) = await DownloadAsync(voice, cancellationToken);
            if (pinned.Count > 0)
            {
                await error.WriteLineAsync($"Nobody publishes a checksum of {string.Join(", ", pinned)}: what came is pinned in {VoiceInstaller.PinsFile}, and anything else is refused from now on.");
            }

            if (problem is not null)
            {
                await error.WriteLineAsync($"{voice.Id} is installed but cannot be used yet. {problem}");
            }

            await output.WriteLineAsync(voice.Id);
        }

        return 0;
    }

    /// <summary>With a bar for each file; lines where the output is no terminal.</summary>
    private Task<(IReadOnlyList<string> Pinned, string? Problem)> DownloadAsync(ListedVoice voice, CancellationToken cancellationToken) =>
        ConsoleOn(error, Console.IsErrorRedirected).Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                Dictionary<string, ProgressTask> files = [];
                return await installer.InstallAsync(voice, Report, cancellationToken);

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

    private async Task<int> VerifyAsync(string[] ids)
    {
        var failed = false;
        foreach (var id in ids.Length > 0 ? ids : installer.Installed())
        {
            var (problems, count) = installer.Verify(id, listing.Voices.FirstOrDefault(v => v.Id == id));
            foreach (var problem in problems)
            {
                await error.WriteLineAsync(problem);
            }

            failed |= problems.Count > 0;
            if (problems.Count == 0)
            {
                await output.WriteLineAsync(count > 0 ? $"{id}: {count} files as published or first installed" : $"{id}: usable; no checksum is known");
            }
        }

        return failed ? 1 : 0;
    }

    private async Task<int> RemoveAsync(string[] ids)
    {
        var failed = false;
        foreach (var id in ids)
        {
            if (installer.Remove(id))
            {
                await output.WriteLineAsync(id);
            }
            else
            {
                failed = true;
                await error.WriteLineAsync($"{id} is not installed. 'voices list --installed' shows what is.");
            }
        }

        return failed ? 1 : 0;
    }

    /// <param name="Size">Bytes, as far as they are known.</param>
    private sealed record Row(string Id, string? Language, long Size, string? Licence, string? Source, bool Installed);
}
