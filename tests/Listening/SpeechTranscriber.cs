using System.Numerics.Tensors;
using System.Text;
using System.Text.Json;
using Dictation.Infrastructure.Tts;
using Microsoft.ML.OnnxRuntime;

namespace Dictation.Listening;

/// <summary>Writes down Finnish speech: a small CTC network, decoded greedily as <c>checker/README.md</c> says.</summary>
internal sealed class SpeechTranscriber : IDisposable
{
    /// <summary>The voice's model card states 1.14 % on held-out sentences; 3 percentage points are allowed on top.</summary>
    public const double MaxCharacterErrorRate = 0.0414;

    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly string[] _labels;
    private readonly int _blank;

    public SpeechTranscriber()
    {
        OnnxRuntimeLibrary.DisableTelemetry();
        var directory = Path.Combine(AppContext.BaseDirectory, "checker");
        using var options = new SessionOptions { EnableMemoryPattern = false };
        _session = new InferenceSession(Path.Combine(directory, "fi_ctc.onnx"), options);
        using var labels = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(directory, "labels.json")));
        _labels = [.. labels.RootElement.GetProperty("labels").EnumerateArray().Select(label => label.GetString()!)];
        _blank = labels.RootElement.GetProperty("blank").GetInt32();
    }

    /// <param name="samples">16 kHz, at least 0.1 s.</param>
    public string Transcribe(float[] samples)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(samples, [1, samples.Length]);
        using var outputs =
            _session.Run(_runOptions, new Dictionary<string, OrtValue> { ["waveform"] = input }, ["log_probs"]);
        var scores = outputs[0].GetTensorDataAsSpan<float>();
        var text = new StringBuilder();
        var previous = _blank;
        for (; !scores.IsEmpty; scores = scores[_labels.Length..])
        {
            var best = TensorPrimitives.IndexOfMax(scores[.._labels.Length]);
            if (best != previous && best != _blank)
            {
                text.Append(_labels[best]);
            }

            previous = best;
        }

        return Squeeze(text.ToString());
    }

    /// <summary>Edit distance over all sentences by their length, as the model card measures it.</summary>
    public double ErrorRate(IReadOnlyList<string> sentences, IReadOnlyList<float[]> spoken)
    {
        int errors = 0, length = 0;
        foreach ((var sentence, var samples) in sentences.Zip(spoken))
        {
            var reference = Reference(sentence);
            errors += EditDistance.Between(Transcribe(samples), reference);
            length += reference.Length;
        }

        var rate = (double)errors / length;
        if (sentences.Count > 1 || sentences[0].Length > 200)
        {
            TestContext.Out.WriteLine($"Character error rate {rate:P2} over {length} characters");
        }

        return rate;
    }

    public void Dispose()
    {
        _session.Dispose();
        _runOptions.Dispose();
    }

    /// <summary>A text as the recogniser would write it if it were spoken and heard perfectly.</summary>
    public static string Reference(string text)
    {
        var spelling = new StringBuilder(text.ToLowerInvariant());
        foreach ((var letter, var sound) in new[]
        {
            ("sh", "s"), ("š", "s"), ("ž", "s"), ("å", "oo"), ("w", "v"), ("x", "ks"), ("z", "ts"), ("q", "k"), ("c", "k"), ("-", ""),
        })
        {
            spelling.Replace(letter, sound);
        }

        return Squeeze(string.Concat(spelling.ToString().Select(c => "abdefghijklmnoprstuvyäö".Contains(c) ? c : ' ')));
    }

    private static string Squeeze(string text) => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
