using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dictation.Infrastructure.Tts.Onnx;
using Dictation.Speech;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;
using Onnx;

namespace Dictation.Infrastructure.Tts.Vits;

/// <summary>The parts of a VITS network as files.</summary>
/// <param name="Flow">Null where the text part makes the latents.</param>
/// <param name="Plan">How they are run.</param>
internal sealed record VitsGraphs(string Text, string? Flow, string Generator, VitsPlan Plan);

/// <summary>
/// Keeps the parts of a voice's network beside the voice, under the hash of the voice's files, the version of this code and that of ONNX Runtime.
/// They are written once, whole or not at all, into a folder whose name begins with a dot; where the voice's folder is the program's own or cannot be
/// written, they are kept in another place.
/// </summary>
/// <param name="otherPlace">Where graphs go that are not kept beside their voice; empty where there is no such place.</param>
/// <param name="logger">Gets names, never text.</param>
internal sealed partial class VitsGraphStore(string otherPlace, ILogger logger)
{
    /// <summary>The folder of the graphs in that of the voice.</summary>
    public const string Folder = ".graphs";

    /// <summary>Changes with every change of what is written.</summary>
    private const string Version = "1";

    /// <summary>The parts of a voice, which are written when they are not there.</summary>
    /// <param name="voice">The voice's name.</param>
    /// <param name="directory">The voice's folder.</param>
    /// <param name="modelHash">Of the voice's files.</param>
    /// <param name="write">Writes the parts: gets the folder to write into, and returns how they are run, or why the voice runs whole.</param>
    /// <returns>The parts; or why there are none.</returns>
    public (VitsGraphs? Graphs, string? WhyWhole) Get(string voice, string directory, string modelHash, Func<VitsGraphFolder, VitsPlanFile> write)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{modelHash} {Version} {OrtEnv.Instance().GetVersionString()}")))[..32];
        var places = Places(voice, directory);
        foreach (var place in places)
        {
            if (Read(Path.Combine(place, key)) is { } kept)
            {
                return kept;
            }
        }

        foreach (var place in places)
        {
            try
            {
                return Write(voice, place, key, write);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (place == places[^1])
                {
                    throw new VoiceException($"The graphs of the voice {voice} could not be kept. Give the service a folder that it can write, with room for twice the voice.", e);
                }

                LogElsewhere(voice, otherPlace);
            }
        }

        throw new UnreachableException();
    }

    private string[] Places(string voice, string directory)
    {
        var beside = Path.Combine(directory, Folder);
        var other = Path.Combine(otherPlace, Folder, voice);
        return otherPlace.Length == 0 ? [beside]
            : Path.GetFullPath(directory).StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal) ? [other]
            : [beside, other];
    }

    private static (VitsGraphs? Graphs, string? WhyWhole)? Read(string path)
    {
        var folder = new VitsGraphFolder(path);
        try
        {
            return folder.ReadPlan() switch
            {
                { Plan: { } parts } => (new VitsGraphs(folder.Text, parts.PriorNoise is null ? null : folder.Flow, folder.Generator, parts), null),
                { WhyWhole: { } why } => (null, why),
                _ => null,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or VoiceException)
        {
            return null;
        }
    }

    private (VitsGraphs? Graphs, string? WhyWhole) Write(string voice, string parent, string key, Func<VitsGraphFolder, VitsPlanFile> write)
    {
        Directory.CreateDirectory(parent);
        var temporary = Directory.CreateDirectory(Path.Combine(parent, $".{Guid.NewGuid():N}")).FullName;
        try
        {
            LogWriting(voice);
            var into = new VitsGraphFolder(temporary);
            File.WriteAllBytes(into.Plan, JsonSerializer.SerializeToUtf8Bytes(write(into)));
            var folder = Path.Combine(parent, key);
            if (Directory.Exists(folder) && Read(folder) is null)
            {
                Directory.Delete(folder, recursive: true);
            }

            try
            {
                Directory.Move(temporary, folder);
            }
            catch (IOException) when (Read(folder) is not null)
            {
                // Another process was quicker.
            }

            DropOthers(parent, folder);
            return Read(folder)!.Value;
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }

    /// <summary>Graphs of other files or versions are of no more use. Those that another process has open stay readable for it until it closes them.</summary>
    private static void DropOthers(string parent, string kept)
    {
        foreach (var other in Directory.EnumerateDirectories(parent).Where(d => d != kept && !Path.GetFileName(d).StartsWith('.')).ToList())
        {
            try
            {
                Directory.Delete(other, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Windows keeps files that are open; the next writing tries again.
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Writes the graphs of the voice {Voice}, once")]
    private partial void LogWriting(string voice);

    [LoggerMessage(Level = LogLevel.Information, Message = "The folder of the voice {Voice} cannot be written; its graphs are kept in {Directory}")]
    private partial void LogElsewhere(string voice, string directory);
}

/// <summary>How parts that are kept are run, or why there are none.</summary>
internal sealed record VitsPlanFile(VitsPlan? Plan, string? WhyWhole);

/// <summary>The folder that the parts of one voice are written into.</summary>
internal sealed class VitsGraphFolder(string path)
{
    /// <summary>The most bytes of a plan.</summary>
    private const int MaxPlan = 1 << 16;

    /// <summary>How the parts are run, a <see cref="VitsPlanFile"/> in JSON.</summary>
    public string Plan => Path.Combine(path, "plan.json");

    public string Text => Path.Combine(path, "text.onnx");

    public string Flow => Path.Combine(path, "flow.onnx");

    public string Generator => Path.Combine(path, "generator.onnx");

    /// <summary>
    /// How the parts are run, where all files are such as this service writes: a voice's folder may come from anywhere, with parts and all.
    /// </summary>
    /// <returns>Null where they are not.</returns>
    /// <exception cref="VoiceException">A part is no ONNX model.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="JsonException">The plan is none.</exception>
    public VitsPlanFile? ReadPlan()
    {
        if (!IsPlainFile(Plan) || new FileInfo(Plan).Length > MaxPlan)
        {
            return null;
        }

        var kept = JsonSerializer.Deserialize<VitsPlanFile>(File.ReadAllBytes(Plan));
        var parts = kept?.Plan?.PriorNoise is null ? new[] { Text, Generator } : [Text, Flow, Generator];
        return kept?.Plan is not { } plan || (plan.IsSound && parts.All(IsSound)) ? kept : null;
    }

    /// <summary>Where the weights of a part are that are not in its graph.</summary>
    public static string WeightsOf(string part) => Path.ChangeExtension(part, ".bin");

    /// <summary>Writes the parts.</summary>
    public VitsGraphs Write(VitsParts parts)
    {
        Write(Text, parts.Text);
        if (parts.Flow is { } flow)
        {
            Write(Flow, flow);
        }

        Write(Generator, parts.Generator);
        return new VitsGraphs(Text, parts.Flow is null ? null : Flow, Generator, parts.Plan);
    }

    /// <summary>Removes parts that are not to be used.</summary>
    public void Clear()
    {
        foreach (var file in (string[])[Text, Flow, Generator])
        {
            File.Delete(file);
        }
    }

    private static bool IsSound(string part)
    {
        var weights = WeightsOf(part);
        return IsPlainFile(part)
            && OnnxFile.Read(File.OpenRead(part)).External.All(e => e.Location == Path.GetFileName(weights) && IsPlainFile(weights));
    }

    private static bool IsPlainFile(string path) => new FileInfo(path) is { Exists: true, LinkTarget: null, Length: > 0 };

    private static void Write(string file, ModelProto model)
    {
        using var stream = File.Create(file);
        model.WriteTo(stream);
    }
}
