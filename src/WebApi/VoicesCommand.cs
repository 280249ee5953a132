using System.Text.Json;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices.Installation;

namespace Dictation.WebApi;

/// <summary>The command <c>voices</c>: lists, installs, verifies and removes voices without starting the service.</summary>
internal static class VoicesCommand
{
    public const string Name = "voices";

    private const string Usage = """
        Usage: voices list [--installed] [--language <code>] [--json]
               voices install <id>... [--accept-licence]
               voices verify [<id>...]
               voices remove <id>...
        Each takes --directory <dir>, in place of the setting VOICES_DIR or the folder voices under DATA_DIR.
        """;

    /// <param name="args">Behind the program's name.</param>
    /// <param name="options">The settings; --directory goes before them.</param>
    /// <returns>The exit code: 0 done, 1 failed, 2 asked wrongly.</returns>
    public static async Task<int> RunAsync(string[] args, TtsOptions options, TextWriter output, TextWriter error, bool interactive, CancellationToken cancellationToken)
    {
        if (Arguments.Parse(args[1..]) is not { } arguments)
        {
            await error.WriteLineAsync(Usage);
            return 2;
        }

        try
        {
            var listing = VoiceListing.Read(VoiceListing.DefaultPath);
            var directory = arguments.Directory ?? (options.VoicesDirectory.Length > 0 ? options.VoicesDirectory : options.DefaultVoicesDirectory);

            // Proxies are taken from HTTP_PROXY, HTTPS_PROXY and NO_PROXY.
            using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            http.DefaultRequestHeaders.UserAgent.ParseAdd("dictation-voices");
            var installer = new VoiceInstaller(directory, http, TimeProvider.System, Mirror(options));
            return arguments.Verb switch
            {
                "list" => await ListAsync(arguments, listing, installer, output),
                "install" => await InstallAsync(arguments, listing, installer, output, error, interactive, cancellationToken),
                "verify" => await VerifyAsync(arguments, listing, installer, output, error),
                _ => await RemoveAsync(arguments, installer, output, error),
            };
        }
        catch (VoiceException e)
        {
            await error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Interrupted. What has come is kept: the same command goes on from there.");
            return 1;
        }
    }

    private static Uri? Mirror(TtsOptions options) => options.VoicesMirror.Length == 0 ? null
        : Uri.TryCreate(options.VoicesMirror, UriKind.Absolute, out var mirror) && mirror.Scheme is "http" or "https" ? mirror
        : throw new VoiceException("Tts:VoicesMirror (VOICES_MIRROR) must be an http or https address.");

    private static async Task<int> ListAsync(Arguments arguments, VoiceListing listing, VoiceInstaller installer, TextWriter output)
    {
        var installed = installer.Installed();
        var rows = listing.Voices
            .Select(v => new Row(v.Id, v.Language, v.KnownSize, v.Licence, v.Source, installed.Contains(v.Id)))
            .Concat(installed.Where(i => listing.Voices.All(v => v.Id != i)).Select(i => new Row(i, null, 0, null, null, Installed: true)))
            .Where(r => (!arguments.Installed || r.Installed) && (arguments.Language is null || r.Language == arguments.Language))
            .ToList();
        if (arguments.Json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(rows, Json.Options));
            return 0;
        }

        foreach (var row in rows)
        {
            var size = row.Size > 0 ? $"{row.Size / 1_000_000} MB" : "?";
            await output.WriteLineAsync($"{(row.Installed ? '*' : ' ')} {row.Id,-36} {row.Language ?? "?",-3} {size,7}  {row.Licence ?? "?",-14}  {row.Source ?? "not in the catalogue"}");
        }

        return 0;
    }

    private static async Task<int> InstallAsync(
        Arguments arguments, VoiceListing listing, VoiceInstaller installer, TextWriter output, TextWriter error, bool interactive, CancellationToken cancellationToken)
    {
        var voices = arguments.Ids.Select(listing.Find).ToList();
        foreach (var voice in voices)
        {
            await error.WriteLineAsync($"{voice.Id}: licence {voice.Licence}, from {voice.Source}");
            if (voice.NonCommercial && !arguments.AcceptLicence)
            {
                await error.WriteLineAsync($"The licence of {voice.Id} forbids commercial use. Add --accept-licence if yours is none.");
                return 2;
            }
        }

        foreach (var voice in voices)
        {
            var progress = new Progress(error, interactive);
            var (pinned, problem) = await installer.InstallAsync(voice, progress.Report, cancellationToken);
            await progress.EndAsync();
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

    private static async Task<int> VerifyAsync(Arguments arguments, VoiceListing listing, VoiceInstaller installer, TextWriter output, TextWriter error)
    {
        var failed = false;
        foreach (var id in arguments.Ids.Count > 0 ? arguments.Ids : installer.Installed())
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

    private static async Task<int> RemoveAsync(Arguments arguments, VoiceInstaller installer, TextWriter output, TextWriter error)
    {
        var failed = false;
        foreach (var id in arguments.Ids)
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

    private sealed record Arguments(string Verb, IReadOnlyList<string> Ids, string? Directory, string? Language, bool Installed, bool Json, bool AcceptLicence)
    {
        /// <returns>Null when they are not understood.</returns>
        public static Arguments? Parse(string[] args)
        {
            if (args is not ["list" or "install" or "verify" or "remove", ..])
            {
                return null;
            }

            var ids = new List<string>();
            var parsed = new Arguments(args[0], ids, null, null, false, false, false);
            for (var i = 1; i < args.Length; i++)
            {
                var value = i + 1 < args.Length ? args[i + 1] : null;
                switch (args[i])
                {
                    case "--directory" when value is not null:
                        parsed = parsed with { Directory = value };
                        i++;
                        break;
                    case "--language" when value is not null && parsed.Verb == "list":
                        parsed = parsed with { Language = value };
                        i++;
                        break;
                    case "--installed" when parsed.Verb == "list":
                        parsed = parsed with { Installed = true };
                        break;
                    case "--json" when parsed.Verb == "list":
                        parsed = parsed with { Json = true };
                        break;
                    case "--accept-licence" when parsed.Verb == "install":
                        parsed = parsed with { AcceptLicence = true };
                        break;
                    case var id when !id.StartsWith('-') && parsed.Verb != "list":
                        ids.Add(id);
                        break;
                    default:
                        return null;
                }
            }

            return parsed.Verb is "install" or "remove" && ids.Count == 0 ? null : parsed;
        }
    }

    /// <summary>A bar where somebody looks on; else a line at each tenth.</summary>
    private sealed class Progress(TextWriter error, bool interactive)
    {
        private const int Width = 30;
        private string _file = "";
        private int _shown = -1;

        public void Report(string file, long bytes, long? total)
        {
            var (share, steps) = (total is > 0 ? (double)bytes / total.Value : 0, interactive ? 100 : 10);
            var step = total is > 0 ? (int)(share * steps) : (int)(bytes / 1_000_000);
            if (file == _file && step == _shown)
            {
                return;
            }

            if (interactive && file != _file && _shown >= 0)
            {
                error.WriteLine();
            }

            (_file, _shown) = (file, step);
            var text = total is > 0 ? $"{file} {share,4:P0} of {total / 1_000_000.0:0.0} MB" : $"{file} {bytes / 1_000_000} MB";
            if (interactive)
            {
                error.Write($"\r[{new string('#', (int)(share * Width)),-Width}] {text}   ");
            }
            else
            {
                error.WriteLine(text);
            }
        }

        public async Task EndAsync()
        {
            if (interactive && _shown >= 0)
            {
                await error.WriteLineAsync();
            }
        }
    }
}
