using System.CommandLine;
using Dictation.Application;
using Dictation.WebApi.Auth;

namespace Dictation.WebApi.Commands;

/// <summary>The command <c>keys</c>: makes a key without starting the service.</summary>
internal static class KeysCommand
{
    public const string Name = "keys";

    private static readonly string[] SingleScopes = [.. Enum.GetValues<Scopes>().Where(s => int.IsPow2((int)s)).Select(s => s.WireName())];

    public static Command Create(TextWriter output, TextWriter error)
    {
        var name = new Argument<string>("name") { Description = "Whose key it is: up to 64 letters, digits, '-', '_' and '.'." };
        var scopes = new Argument<string>("scopes") { Description = $"What it may do: {string.Join(", ", SingleScopes)}, joined by '+', such as read+write.", HelpName = "scopes" };
        scopes.CompletionSources.Add(SingleScopes);
        var create = new Command("new", "Make a key, and the setting that lets the service take it.") { name, scopes };
        create.SetAction((parsed, _) => NewAsync(parsed.GetRequiredValue(name), parsed.GetRequiredValue(scopes), output, error));
        return new Command(Name, "Make keys for clients.") { create };
    }

    private static async Task<int> NewAsync(string name, string scopes, TextWriter output, TextWriter error)
    {
        try
        {
            var (key, setting) = ApiKeys.New(name, scopes);
            await error.WriteLineAsync("Give this key to its user now; it is kept nowhere:");
            await output.WriteLineAsync(key);
            await error.WriteLineAsync("Add this to API_KEYS, after a comma when there are others, and start the service again:");
            await output.WriteLineAsync(setting);
            return 0;
        }
        catch (StartupException)
        {
            await error.WriteLineAsync($"'{name}' and '{scopes}' do not make a key: a name has up to 64 letters, digits, '-', '_' and '.'; scopes are read, write, admin and metrics, joined by '+'.");
            return CommandLine.UsageError;
        }
    }
}
