using System.Text.Json;
using Dictation.Application.Abstractions;
using Dictation.Speech.Lexicons;

namespace Dictation.Infrastructure.Persistence;

/// <summary>The lexicon of a language.</summary>
/// <param name="language">BCP 47 primary language.</param>
/// <param name="version">Another one with each change.</param>
/// <param name="entries">Its entries as JSON.</param>
/// <param name="updatedAt">UTC.</param>
public sealed class LexiconRow(string language, Guid version, string entries, DateTime updatedAt)
{
    public string Language { get; private init; } = language;

    public Guid Version { get; private set; } = version;

    public string Entries { get; private set; } = entries;

    public DateTime UpdatedAt { get; private set; } = updatedAt;

    public static LexiconRow From(StoredLexicon lexicon) =>
        new(lexicon.Language, lexicon.Version, JsonSerializer.Serialize(lexicon.Entries, JsonSerializerOptions.Default), lexicon.UpdatedAt);

    public StoredLexicon Lexicon() => new(Language, Version, JsonSerializer.Deserialize<List<LexiconEntry>>(Entries, JsonSerializerOptions.Default)!, UpdatedAt);
}
