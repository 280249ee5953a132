using Dictation.Application;

namespace Dictation.WebApi.Auth;

/// <summary>The command <c>keys new</c>: makes a key without starting the service.</summary>
internal static class KeysCommand
{
    public const string Name = "keys";

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        if (args is not [Name, "new", var name, var scopes])
        {
            await error.WriteLineAsync("Usage: keys new <name> <scopes>, with scopes of read, write, admin and metrics joined by '+', such as: keys new website read+write");
            return 2;
        }

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
            return 2;
        }
    }
}
