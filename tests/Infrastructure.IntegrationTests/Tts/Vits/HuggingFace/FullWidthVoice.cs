namespace Dictation.Infrastructure.IntegrationTests.Tts.Vits.HuggingFace;

/// <summary>A voice of the published size with random weights, as <c>facebook/mms-tts-*</c> names them.</summary>
internal static class FullWidthVoice
{
    private const int Hidden = 192, Flow = 192, Inner = 768, Vocabulary = 39;

    /// <summary>Numbers of the weights that speech needs.</summary>
    public static long Needed => Network().Sum(t => t.Shape.Aggregate(1L, (count, size) => count * size));

    public static string Write(string directory)
    {
        Directory.CreateDirectory(directory);
        var training = new (string, long[])[] { ("posterior_encoder.conv_pre.weight", [Hidden, 513, 5]), ("posterior_encoder.wavenet.cond.weight", [7 << 20]) };
        Tensors.Write(Path.Combine(directory, "model.safetensors"), [.. Network(), .. training], Scale);
        File.WriteAllText(Path.Combine(directory, "config.json"), """{ "model_type": "vits" }""");
        File.WriteAllText(Path.Combine(directory, "tokenizer_config.json"), """{ "language": "fin", "pad_token": "|" }""");
        File.WriteAllText(Path.Combine(directory, "vocab.json"), "{" + string.Join(',', "|abcdefghijklmnopqrstuvwxyzäöå -'0123456".Take(Vocabulary).Select((c, i) => $"\"{c}\":{i}")) + "}");
        return directory;
    }

    /// <summary>Keeps the signal's level from layer to layer.</summary>
    private static float Scale(string name, long[] shape) => shape.Length switch
    {
        1 => name.Contains("norm", StringComparison.Ordinal) && name.EndsWith("weight", StringComparison.Ordinal) ? 2 : 0.1f,
        _ => MathF.Sqrt(3f / shape.Skip(1).Aggregate(1L, (count, size) => count * size)),
    };

    private static List<(string Name, long[] Shape)> Network()
    {
        var tensors = new List<(string, long[])> { ("text_encoder.embed_tokens.weight", [Vocabulary, Hidden]) };
        for (var i = 0; i < 6; i++)
        {
            var layer = $"text_encoder.encoder.layers.{i}.";
            foreach (var part in (string[])["q_proj", "k_proj", "v_proj", "out_proj"])
            {
                Add($"{layer}attention.{part}", Hidden, Hidden);
            }

            tensors.AddRange([($"{layer}attention.emb_rel_k", [1, 9, 96]), ($"{layer}attention.emb_rel_v", [1, 9, 96])]);
            Norm(layer + "layer_norm");
            Norm(layer + "final_layer_norm");
            Add(layer + "feed_forward.conv_1", Inner, Hidden, 3);
            Add(layer + "feed_forward.conv_2", Hidden, Inner, 3);
        }

        Add("text_encoder.project", 2 * Flow, Hidden, 1);
        Durations();
        for (var i = 0; i < 4; i++)
        {
            Coupling($"flow.flows.{i}.");
        }

        Generator();
        return tensors;

        void Add(string name, params long[] shape) => tensors.AddRange([(name + ".weight", shape), (name + ".bias", [shape[0]])]);

        void Norm(string name) => tensors.AddRange([(name + ".weight", [Hidden]), (name + ".bias", [Hidden])]);

        void WithNorm(string name, params long[] shape) =>
            tensors.AddRange([(name + ".weight_g", [shape[0], 1, 1]), (name + ".weight_v", shape), (name + ".bias", [shape[0]])]);

        void Separable(string name)
        {
            for (var i = 0; i < 3; i++)
            {
                Add($"{name}.convs_dilated.{i}", Hidden, 1, 3);
                Add($"{name}.convs_pointwise.{i}", Hidden, Hidden, 1);
                Norm($"{name}.norms_1.{i}");
                Norm($"{name}.norms_2.{i}");
            }
        }

        void Durations()
        {
            Add("duration_predictor.conv_pre", Hidden, Hidden, 1);
            Add("duration_predictor.conv_proj", Hidden, Hidden, 1);
            Separable("duration_predictor.conv_dds");
            tensors.AddRange([("duration_predictor.flows.0.translate", [2, 1]), ("duration_predictor.flows.0.log_scale", [2, 1])]);
            for (var i = 2; i <= 4; i++)
            {
                Add($"duration_predictor.flows.{i}.conv_pre", Hidden, 1, 1);
                Separable($"duration_predictor.flows.{i}.conv_dds");
                Add($"duration_predictor.flows.{i}.conv_proj", 29, Hidden, 1);
            }
        }

        void Coupling(string name)
        {
            Add(name + "conv_pre", Hidden, Flow / 2, 1);
            for (var i = 0; i < 4; i++)
            {
                WithNorm($"{name}wavenet.in_layers.{i}", 2 * Hidden, Hidden, 5);
                WithNorm($"{name}wavenet.res_skip_layers.{i}", i < 3 ? 2 * Hidden : Hidden, Hidden, 1);
            }

            Add(name + "conv_post", Flow / 2, Hidden, 1);
        }

        void Generator()
        {
            Add("decoder.conv_pre", 512, Flow, 7);
            long[] kernels = [16, 16, 4, 4];
            for (var stage = 0; stage < 4; stage++)
            {
                long inputs = 512 >> stage, outputs = inputs / 2;
                tensors.AddRange([($"decoder.upsampler.{stage}.weight", [inputs, outputs, kernels[stage]]), ($"decoder.upsampler.{stage}.bias", [outputs])]);
                for (var block = 0; block < 9; block++)
                {
                    Add($"decoder.resblocks.{3 * stage + block / 3}.convs1.{block % 3}", outputs, outputs, 3 + 4 * (block / 3));
                    Add($"decoder.resblocks.{3 * stage + block / 3}.convs2.{block % 3}", outputs, outputs, 3 + 4 * (block / 3));
                }
            }

            tensors.Add(("decoder.conv_post.weight", [1, 32, 7]));
        }
    }
}
