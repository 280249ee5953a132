using Dictation.Application;
using Dictation.Application.Abstractions;
using Microsoft.Extensions.Logging;

namespace Dictation.Infrastructure.Tts;

/// <summary>The devices that the settings name, each tried at construction. Thread-safe.</summary>
public sealed class OnnxDevices
{
    private readonly OnnxDevice _default;
    private readonly Dictionary<string, OnnxDevice> _ofVoices = new(StringComparer.Ordinal);

    /// <param name="options">Name the devices.</param>
    /// <param name="logger">Gets what each came to.</param>
    /// <exception cref="StartupException">A device is unknown, or named outright and absent.</exception>
    public OnnxDevices(TtsOptions options, ILogger<OnnxDevice> logger)
    {
        _default = new OnnxDevice(options.Device, options, logger);
        var made = new Dictionary<string, OnnxDevice>(StringComparer.OrdinalIgnoreCase) { [options.Device.Trim()] = _default };
        foreach ((var voice, var device) in options.Devices)
        {
            if (!made.TryGetValue(device.Trim(), out var its))
            {
                try
                {
                    made[device.Trim()] = its = new OnnxDevice(device, options, logger);
                }
                catch (StartupException e)
                {
                    throw new StartupException($"Tts:Devices:{voice}: {e.Message}", e);
                }
            }

            _ofVoices[voice] = its;
        }
    }

    /// <summary>The device that a voice runs on. A speaker runs where its voice does.</summary>
    public OnnxDevice For(string voice) => _ofVoices.GetValueOrDefault(voice.Split(VoiceChoice.SpeakerMark)[0], _default);
}
