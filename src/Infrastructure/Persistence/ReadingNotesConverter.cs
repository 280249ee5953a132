using System.Text.Json;
using Dictation.Domain.Tts;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Dictation.Infrastructure.Persistence;

/// <summary>Stores <see cref="ReadingNotes"/> as JSON.</summary>
public sealed class ReadingNotesConverter() : ValueConverter<ReadingNotes, string>(
    notes => JsonSerializer.Serialize(notes, JsonSerializerOptions.Default), json => JsonSerializer.Deserialize<ReadingNotes>(json, JsonSerializerOptions.Default)!);
