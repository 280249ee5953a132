using System.Collections.Frozen;

namespace Dictation.Speech.Normalization;

/// <summary>Sets and tables of words from text, looked up without a copy of the word. Letter case counts.</summary>
internal static class WordTable
{
    private static readonly char[] Spaces = [' ', '\n', '\r'];

    /// <summary>The words between white space.</summary>
    public static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string words) =>
        List(words).ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The words between white space.</summary>
    public static string[] List(string words) => words.Split(Spaces, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Lines, or entries between semicolons, of the form <c>key=value</c>.</summary>
    public static FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Table(string entries) => entries
        .Split((char[])[';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(entry => entry.Split('='))
        .ToFrozenDictionary(entry => entry[0], entry => entry[1], StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();
}
