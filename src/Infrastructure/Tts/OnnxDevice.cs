using Dictation.Application;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace Dictation.Infrastructure.Tts;

/// <summary>The device that voices run on: chosen once, at construction. Thread-safe.</summary>
public sealed partial class OnnxDevice
{
    public const string Auto = "auto";
    public const string Cpu = "cpu";
    public const string Cuda = "cuda";
    public const string DirectMl = "directml";

    /// <summary>
    /// Threads that an inference takes unless told otherwise, where half the cores are as many. The runtime's own choice counts the cores of the
    /// machine, not those of a container, and where it takes more than there are, it is half as fast as with one.
    /// </summary>
    private const int MostThreads = 4;

    private readonly TtsOptions _options;
    private readonly bool _mayFallBack;
    private readonly ILogger<OnnxDevice> _logger;
    private volatile string _name;

    /// <param name="device"><c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>directml</c>.</param>
    /// <param name="options">How many threads a session takes, and how far its network is optimised.</param>
    /// <param name="logger">Gets at most one warning, when <c>auto</c> finds a faster device that does not work.</param>
    /// <exception cref="StartupException">The device is unknown, or named outright and absent.</exception>
    public OnnxDevice(string device, TtsOptions options, ILogger<OnnxDevice> logger)
    {
        _logger = logger;
        _options = options;
        var wanted = device.Trim().ToLowerInvariant();
        var present = Present();
        switch (wanted)
        {
            case Auto:
                _mayFallBack = true;
                _name = Best(present);
                break;
            case Cpu:
                _name = Cpu;
                break;
            case Cuda or DirectMl:
                _name = wanted;
                if (!present.Contains(wanted))
                {
                    throw Absent(wanted, present, null);
                }

                if (ProbeFailure(wanted) is { } failure)
                {
                    throw Absent(wanted, present, failure);
                }

                break;
            default:
                throw new StartupException($"The device {device} is unknown. Known are {Auto}, {Cpu}, {Cuda} and {DirectMl}.");
        }

        LogDevice(_name);
    }

    /// <summary><c>cpu</c>, <c>cuda</c> or <c>directml</c>.</summary>
    public string Name => _name;

    /// <summary>The devices that this build of ONNX Runtime has code for.</summary>
    public static string[] Present()
    {
        var providers = OnnxRuntimeLibrary.Load().GetAvailableProviders();
        var present = new List<string>();
        if (providers.Contains("CUDAExecutionProvider"))
        {
            present.Add(Cuda);
        }

        if (providers.Contains("DmlExecutionProvider"))
        {
            present.Add(DirectMl);
        }

        present.Add(Cpu);
        return [.. present];
    }

    /// <summary>Opens a model on this device. The caller disposes of the session.</summary>
    /// <param name="modelPath">The file.</param>
    /// <param name="changed">The model in place of the file's; null for the file.</param>
    /// <returns>The session, and the device that it really runs on.</returns>
    /// <exception cref="OnnxRuntimeException">The model or the device does not work.</exception>
    public (InferenceSession Session, string Device) Open(string modelPath, byte[]? changed = null)
    {
        var name = _name;
        try
        {
            return (Create(modelPath, changed, name), name);
        }
        catch (OnnxRuntimeException e) when (_mayFallBack && name != Cpu)
        {
            // A driver can fail as late as here. A broken model fails on the CPU too, and then the device is not to blame.
            var session = Create(modelPath, changed, Cpu);
            if (Interlocked.Exchange(ref _name, Cpu) != Cpu)
            {
                LogFallback(name, e);
            }

            return (session, Cpu);
        }
    }

    private InferenceSession Create(string modelPath, byte[]? changed, string device)
    {
        using var options = Options(device);
        options.IntraOpNumThreads = _options.Threads > 0 ? _options.Threads : Math.Clamp(Environment.ProcessorCount / 2 / _options.Workers, 1, MostThreads);
        options.GraphOptimizationLevel = _options.GraphOptimization switch
        {
            GraphOptimization.None => GraphOptimizationLevel.ORT_DISABLE_ALL,
            GraphOptimization.Basic => GraphOptimizationLevel.ORT_ENABLE_BASIC,
            GraphOptimization.Extended => GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
            _ => GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        return changed is null ? new InferenceSession(modelPath, options) : new InferenceSession(changed, options);
    }

    private static SessionOptions Options(string device)
    {
        var options = new SessionOptions
        {
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            // Every text has its own length, and a memory pattern is kept for each length ever seen.
            EnableMemoryPattern = false,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        };

        // Threads that wait in a loop take a core from the other workers.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        try
        {
            if (device == Cuda)
            {
                options.AppendExecutionProvider_CUDA();
            }
            else if (device == DirectMl)
            {
                options.AppendExecutionProvider_DML();
            }

            return options;
        }
        catch
        {
            options.Dispose();
            throw;
        }
    }

    private string Best(string[] present)
    {
        foreach (var device in present)
        {
            if (device == Cpu)
            {
                break;
            }

            if (ProbeFailure(device) is not { } failure)
            {
                return device;
            }

            LogFallback(device, failure);
            break;
        }

        return Cpu;
    }

    private static Exception? ProbeFailure(string device)
    {
        try
        {
            Options(device).Dispose();
            return null;
        }
        catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
        {
            return e;
        }
    }

    private static StartupException Absent(string wanted, string[] present, Exception? cause) => new(
        $"The device {wanted} is not available. Present: {string.Join(", ", cause is null ? present : present.Where(d => d != wanted))}.", cause);

    [LoggerMessage(Level = LogLevel.Information, Message = "Voices run on {Device}")]
    private partial void LogDevice(string device);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The device {Device} does not work; voices run on the CPU")]
    private partial void LogFallback(string device, Exception cause);
}
