using System.CommandLine;
using System.Text.Json;
using Dictation.Infrastructure.Tts.Voices.Installation;
using Dictation.Infrastructure.Tts.Voices.Installation.Hub;
using Dictation.Speech;
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
            var language = new Option<string>("--language") { Description = "Only those of one language, such as fi or fin.", HelpName = "code" };
            language.CompletionSources.Add(_ => Listing().Voices.Select(v => v.Language).Distinct().Select(l => new System.CommandLine.Completions.CompletionItem(l)));
            var json = new Option<bool>("--json") { Description = "As JSON." };
            var command = new Command("list", "Show the voices of the catalogue and those that are installed.") { installed, language, json };
            command.SetAction((parsed, _) => RunAsync(parsed, services => Of(services).ListAsync(parsed.GetValue(installed), parsed.GetValue(language), parsed.GetValue(json))));
            return command;
        }

        Command Install()
        {
            var ids = Ids(ArgumentArity.OneOrMore, "Names of the catalogue; repositories of the Hugging Face hub as owner/name, owner/name:voice or owner/name@revision; folders that begin with ./ or /.");
            var accept = new Option<string[]>("--accept-licence")
            {
                Description = "Accept a licence that is not free for all use, by its name, such as cc-by-nc-4.0. May be given several times.",
                HelpName = "licence",
            };
            var name = new Option<string>("--name") { Description = "The name that the voice gets, in place of its own.", HelpName = "id" };
            var command = new Command("install", "Download voices, and check them.") { ids, accept, name };
            command.Validators.Add(parsed =>
            {
                if (parsed.GetValue(name) is not null && parsed.GetValue(ids) is { Length: > 1 })
                {
                    parsed.AddError("--name is for one voice alone.");
                }
            });
            command.SetAction((parsed, cancel) => RunAsync(
                parsed,
                services => new VoicesInstallCommand(services, output, error).RunAsync(parsed.GetRequiredValue(ids), parsed.GetValue(accept) ?? [], parsed.GetValue(name), cancel)));
            return command;
        }

        Command Verify()
        {
            var ids = Ids(ArgumentArity.ZeroOrMore, "The installed voices to look at; all when none is named.");
            var command = new Command("verify", "Compare installed voices with their checksums.") { ids };
            command.SetAction((parsed, _) => RunAsync(parsed, services => Of(services).VerifyAsync(parsed.GetValue(ids) ?? [])));
            return command;
        }

        Command Remove()
        {
            var ids = Ids(ArgumentArity.OneOrMore, "The installed voices to remove.");
            var command = new Command("remove", "Delete installed voices.") { ids };
            command.SetAction((parsed, _) => RunAsync(parsed, services => Of(services).RemoveAsync(parsed.GetRequiredValue(ids))));
            return command;
        }

        VoicesCommand Of(VoiceServices services) => new(services.Listing, services.Installer, output, error);

        async Task<int> RunAsync(ParseResult parsed, Func<VoiceServices, Task<int>> run)
        {
            try
            {
                using var http = HubConnection.CreateClient();
                return await run(VoiceServices.Create(http, parsed.GetValue(directory)));
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

    private static VoiceListing Listing() => VoiceListing.ReadShipped();

    internal static IAnsiConsole ConsoleOn(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect });
        if (redirected)
        {
            // A file has no edge to wrap at.
            console.Profile.Width = 1000;
        }

        return console;
    }

    private async Task<int> ListAsync(bool onlyInstalled, string? spoken, bool json)
    {
        var installed = installer.Installed();
        var rows = listing.Voices
            .Where(v => spoken is null || v.Speaks(spoken))
            .Select(v => new Row(v.Id, v.Language, v.Code, v.Name, v.KnownSize, v.Licence, v.Source, installed.Contains(v.Id)))
            .Concat(installed.Where(i => spoken is null && listing.Find(i) is null).Select(i => new Row(i, null, null, null, 0, null, null, Installed: true)))
            .Where(r => !onlyInstalled || r.Installed)
            .ToList();
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(rows, Json.Options));
            return 0;
        }

        var table = new Table().NoBorder().AddColumns("", "Voice", "Language", "Name").AddColumn("Size", c => c.RightAligned()).AddColumns("Licence", "Source");
        foreach (var row in rows)
        {
            var language = row.Code is { } code && code != row.Language ? $"{row.Language} {code}" : row.Language ?? "?";
            var size = row.Size > 0 ? $"{row.Size / 1_000_000} MB" : "?";
            string[] cells = [row.Installed ? "*" : "", row.Id, language, row.Name ?? "", size, row.Licence ?? "?", row.Source ?? "not in the catalogue"];
            table.AddRow(cells.Select(c => new Text(c)));
        }

        ConsoleOn(output, Console.IsOutputRedirected).Write(table);
        return 0;
    }

    private async Task<int> VerifyAsync(string[] ids)
    {
        var failed = false;
        foreach (var id in ids.Length > 0 ? ids : installer.Installed())
        {
            var (problems, count) = installer.Verify(id, listing.Find(id) is { Repository: null } listed ? listed.Package : null);
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

    /// <param name="Code">ISO 639-3, where the voice is named by it.</param>
    /// <param name="Name">The language's English name.</param>
    /// <param name="Size">Bytes, as far as they are known.</param>
    private sealed record Row(string Id, string? Language, string? Code, string? Name, long Size, string? Licence, string? Source, bool Installed);
}
