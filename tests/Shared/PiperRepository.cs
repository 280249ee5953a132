using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Dictation.Shared;

/// <summary>A repository with the layout of Piper's own: a folder for each voice, and a list of all.</summary>
internal static class PiperRepository
{
    public const string Name = "rhasspy/piper-voices";

    public const string Configuration = """
        {"phoneme_type":"text","audio":{"sample_rate":22050},"language":{"code":"LANGUAGE"},"num_speakers":1,
         "phoneme_id_map":{"_":[0],"^":[1],"$":[2]," ":[3],"a":[4],"i":[5],"k":[6]}}
        """;

    public static HubServerRepository Add(HubServer server, params string[] voices)
    {
        using var directory = new TemporaryDirectory();
        var model = Path.Combine(directory.Path, "x.onnx");
        OnnxModelFile.WritePiper(model, withSpeaker: false);
        var (files, list) = (new Dictionary<string, byte[]>(), new JsonObject());
        foreach (var voice in voices)
        {
            var language = voice.Split('-')[0];
            var path = $"{language.Split('_')[0]}/{language}/{voice}/{voice}.onnx";
            files[path] = File.ReadAllBytes(model);
            files[path + ".json"] = Encoding.UTF8.GetBytes(Configuration.Replace("LANGUAGE", language, StringComparison.Ordinal));
            files[Path.GetDirectoryName(path)!.Replace('\\', '/') + "/MODEL_CARD"] = "# Model card\n\n* Language: any\n* License: CC BY-NC-SA 4.0\n"u8.ToArray();
            list[voice] = new JsonObject
            {
                ["key"] = voice,
                ["language"] = new JsonObject { ["code"] = language },
                ["files"] = new JsonObject
                {
                    [path] = new JsonObject { ["size_bytes"] = files[path].Length, ["md5_digest"] = Convert.ToHexStringLower(MD5.HashData(files[path])) },
                    [path + ".json"] = new JsonObject { ["size_bytes"] = files[path + ".json"].Length, ["md5_digest"] = Convert.ToHexStringLower(MD5.HashData(files[path + ".json"])) },
                },
            };
        }

        files["voices.json"] = Encoding.UTF8.GetBytes(list.ToJsonString());
        return server.Repositories[Name] = new HubServerRepository(files) { Licence = "mit" };
    }
}
