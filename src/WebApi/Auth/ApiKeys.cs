using System.Security.Cryptography;
using System.Text;
using Dictation.Application;

namespace Dictation.WebApi.Auth;

/// <summary>The actions that a key allows. A key has the scopes that it was given and no others: one that only writes cannot read.</summary>
[Flags]
public enum Scopes
{
    None = 0,

    /// <summary>To look at tasks, items, attempts and practice, and to play audio.</summary>
    Read = 1,

    /// <summary>To submit texts, and to add and change items, tags and attempts.</summary>
    Write = 2,

    /// <summary>To delete, to clean up, and to see figures over all tasks.</summary>
    Admin = 4,

    /// <summary>To read the operator's metrics, and nothing else.</summary>
    Metrics = 8,
}

/// <summary>A key that the operator has set, known by its hash alone.</summary>
/// <param name="Name">For logs and limits; the key's own secret is nowhere.</param>
/// <param name="Hash">SHA-256 of the key's UTF-8 bytes.</param>
public sealed record ApiKey(string Name, Scopes Scopes, byte[] Hash);

/// <summary>The keys that the service accepts.</summary>
/// <remarks>
/// Keys are 256 random bits, made here: a fast hash hides them as well as a slow one would, and a guess costs as much as it does against
/// the key itself.
/// </remarks>
public sealed class ApiKeys
{
    private const string Prefix = "dk_";
    private const int SecretBytes = 32;

    private ApiKeys(IReadOnlyList<ApiKey> keys) => All = keys;

    public IReadOnlyList<ApiKey> All { get; }

    /// <summary>Whether requests need a key.</summary>
    public bool Required => All.Count > 0;

    /// <param name="setting"><c>name:scope+scope:hash</c>, several separated by commas.</param>
    /// <exception cref="StartupException">It cannot be read; the message says what is expected and repeats no secret.</exception>
    public static ApiKeys Parse(string? setting)
    {
        var keys = new List<ApiKey>();
        foreach (var (index, entry) in (setting ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Index())
        {
            keys.Add(entry.Split(':') is [{ Length: > 0 and <= 64 } name, var scopes, { Length: 64 } hash] && name.All(IsNameCharacter) && ParseScopes(scopes) is { } parsed && hash.All(char.IsAsciiHexDigit)
                ? new ApiKey(name, parsed, Convert.FromHexString(hash))
                : throw new StartupException(
                    $"Auth:Keys (API_KEYS): entry {index + 1} is not 'name:scopes:hash', with scopes of read, write, admin and metrics joined by '+', and the SHA-256 of the key in 64 hex digits. "
                    + "Keys themselves are never written there; make one with: dotnet run --project src/WebApi -- keys new <name> <scopes>"));
        }

        return keys.GroupBy(k => k.Name).FirstOrDefault(g => g.Count() > 1) is { Key: var twice }
            ? throw new StartupException($"Auth:Keys (API_KEYS): two keys are called '{twice}'. Give each a name of its own, such as '{twice}-2026', so that one can be taken back while the other goes on.")
            : new ApiKeys(keys);
    }

    /// <summary>Null where a word is no scope, or there is none.</summary>
    public static Scopes? ParseScopes(string text)
    {
        var all = Scopes.None;
        foreach (var word in text.Split('+', StringSplitOptions.TrimEntries))
        {
            if (!word.All(char.IsAsciiLetter) || !Enum.TryParse<Scopes>(word, ignoreCase: true, out var scope) || scope == Scopes.None)
            {
                return null;
            }

            all |= scope;
        }

        return all;
    }

    /// <summary>Makes a key: what its user is given, and what the operator sets.</summary>
    /// <exception cref="StartupException">The name or a scope cannot be read.</exception>
    public static (string Key, string Setting) New(string name, string scopes)
    {
        var key = Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes));
        var setting = $"{name}:{scopes.ToLowerInvariant()}:{Convert.ToHexStringLower(Hash(key))}";
        Parse(setting);
        return (key, setting);
    }

    /// <summary>The key that was presented; null when it is none of ours. Takes as long whichever it is.</summary>
    public ApiKey? Find(string presented)
    {
        var hash = Hash(presented);
        ApiKey? found = null;
        foreach (var key in All)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, key.Hash))
            {
                found = key;
            }
        }

        return found;
    }

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
