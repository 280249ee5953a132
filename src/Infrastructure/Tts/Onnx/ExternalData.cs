using System.Globalization;
using Google.Protobuf;
using Onnx;

namespace Dictation.Infrastructure.Tts.Onnx;

/// <summary>Weights that a model has in files beside it.</summary>
internal static class ExternalData
{
    /// <summary>Takes the weights into the model, so that its parts need no other file.</summary>
    /// <param name="model">The model, changed in place.</param>
    /// <param name="folder">Where the files lie. Their names were checked when the voice was read.</param>
    public static void TakeIn(ModelProto model, string folder)
    {
        var tensors = model.Graph.Initializer.Concat(model.Graph.Node.SelectMany(n => n.Attribute).Select(a => a.T).OfType<TensorProto>());
        foreach (var tensor in tensors.Where(t => t.ExternalData.Count > 0))
        {
            var settings = tensor.ExternalData.ToDictionary(e => e.Key, e => e.Value);
            using var file = File.OpenRead(Path.Combine(folder, Path.GetFileName(settings["location"])));
            file.Position = Number(settings, "offset") ?? 0;
            var bytes = new byte[Number(settings, "length") ?? file.Length - file.Position];
            file.ReadExactly(bytes);
            tensor.RawData = UnsafeByteOperations.UnsafeWrap(bytes);
            tensor.ExternalData.Clear();
            tensor.DataLocation = TensorProto.Types.DataLocation.Default;
        }
    }

    private static long? Number(Dictionary<string, string> settings, string name) =>
        settings.TryGetValue(name, out var value) ? long.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture) : null;
}
