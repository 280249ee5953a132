using System.Text.Json;
using Dictation.Domain.Tts;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Dictation.Infrastructure.Persistence;

/// <summary>Stores an <see cref="UnspokenText"/> as JSON.</summary>
public sealed class UnspokenTextConverter() : ValueConverter<UnspokenText, string>(
    unspoken => JsonSerializer.Serialize(unspoken, JsonSerializerOptions.Default), json => JsonSerializer.Deserialize<UnspokenText>(json, JsonSerializerOptions.Default)!);
