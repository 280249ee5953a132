using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Dictation.Application;
using Microsoft.ML.OnnxRuntime;

namespace Dictation.Infrastructure.Tts;

/// <summary>ONNX Runtime's native library: loaded with its telemetry off, or reported in one sentence when it cannot be loaded.</summary>
public static partial class OnnxRuntimeLibrary
{
    private const string TelemetrySwitch = "ORT_DISABLE_TELEMETRY";

    /// <summary>
    /// Turns off ONNX Runtime's telemetry, which otherwise contacts Microsoft and writes to the user's home directory. The library reads the switch from the
    /// process's native environment while it loads, so this runs before any code of this assembly. Code that uses ONNX Runtime without it calls this first.
    /// </summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "No later point is certain to come before the native library loads.")]
    public static void DisableTelemetry()
    {
        Environment.SetEnvironmentVariable(TelemetrySwitch, "1");
        if (!OperatingSystem.IsWindows() && SetEnvironment(TelemetrySwitch, "1", overwrite: 1) != 0)
        {
            throw new InvalidOperationException($"The environment variable {TelemetrySwitch} could not be set; error {Marshal.GetLastPInvokeError()}.");
        }
    }

    /// <summary>The library's entry point.</summary>
    /// <exception cref="StartupException">The library is missing, damaged or built for another platform.</exception>
    internal static OrtEnv Load()
    {
        try
        {
            return OrtEnv.Instance();
        }
        catch (TypeInitializationException e) when (e.GetBaseException() is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new StartupException(
                $"ONNX Runtime's native library cannot be loaded: it is missing, damaged or not built for {RuntimeInformation.RuntimeIdentifier}. Publish the service for this platform with dotnet publish -r, and copy all of its files.", e);
        }
    }

    // .NET keeps its own copy of the environment on Unix; native code never sees what is set there.
    [LibraryImport("libc", EntryPoint = "setenv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
