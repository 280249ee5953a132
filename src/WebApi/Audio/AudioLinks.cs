using System.Globalization;
using Dictation.Application.Abstractions;
using Dictation.WebApi.Configuration;
using Microsoft.Extensions.Options;

namespace Dictation.WebApi.Audio;

/// <inheritdoc cref="IAudioLinks"/>
public sealed class AudioLinks(IOptions<ServerOptions> options) : IAudioLinks
{
    private readonly string _baseUrl = options.Value.BaseUrl.TrimEnd('/');

    public string TaskAudio(string conversionId) => $"{_baseUrl}/api/v1/tts/{conversionId}/download";

    public string ItemAudio(long itemId) => string.Create(CultureInfo.InvariantCulture, $"{_baseUrl}/api/v1/items/{itemId}/audio");
}
