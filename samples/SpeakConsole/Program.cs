using Dictation.Client;

const string Usage = """
    Speaks a text with a Dictation service and writes the audio.

      SpeakConsole <text>           speaks the text
      SpeakConsole --file <path>    speaks what the file holds (UTF-8)

      --output <path>    where the WAV is written; speech.wav unless given
      --server <url>     the service; http://127.0.0.1:8000 unless given
      --key <key>        the API key, where the service wants one
    """;

string? text = null;
var output = "speech.wav";
var options = new DictationClientOptions { BaseAddress = new Uri("http://127.0.0.1:8000") };
try
{
    for (var i = 0; i < args.Length; i++)
    {
        switch (args[i])
        {
            case "--file":
                text = await File.ReadAllTextAsync(args[++i]);
                break;
            case "--output":
                output = args[++i];
                break;
            case "--server":
                options.BaseAddress = new Uri(args[++i]);
                break;
            case "--key":
                options.ApiKey = args[++i];
                break;
            default:
                text = args[i];
                break;
        }
    }
}
catch (Exception e) when (e is IndexOutOfRangeException or UriFormatException or IOException)
{
    Console.Error.WriteLine(e is IndexOutOfRangeException ? Usage : e.Message);
    return 2;
}

if (text is null)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

try
{
    var client = DictationClientServices.CreateDictationClient(options);
    using var audio = await client.SpeakAsync(text, new ProgressLine(), stop.Token);
    await audio.SaveAsync(output, stop.Token);
    Console.Error.WriteLine();
    Console.WriteLine(output);
    return 0;
}
catch (Exception e) when (e is DictationException or SpeechFailedException or HttpRequestException or IOException or ArgumentException)
{
    Console.Error.WriteLine();
    Console.Error.WriteLine(e.Message);
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}

/// <summary>Draws on one line how much is spoken, as it is told and in order: Progress&lt;T&gt; would tell it later, from other threads.</summary>
internal sealed class ProgressLine : IProgress<double>
{
    private const int Width = 30;

    public void Report(double value)
    {
        var filled = (int)(value * Width);
        Console.Error.Write($"\r[{new string('#', filled)}{new string('.', Width - filled)}] {value,4:P0}");
    }
}
