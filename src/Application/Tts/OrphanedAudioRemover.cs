using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Microsoft.Extensions.Logging;

namespace Dictation.Application.Tts;

/// <summary>Cleans up after tasks whose rows are deleted and whose audio is no longer used.</summary>
public sealed partial class OrphanedAudioRemover(ITtsEngine engine, IAudioStore audio, ILogger<OrphanedAudioRemover> logger)
{
    /// <summary>Stops the work on them and removes their files. Conversion ids are never reused, so nobody can use one meanwhile.</summary>
    public async Task RemoveAsync(IReadOnlyCollection<string> conversionIds)
    {
        foreach (var id in conversionIds)
        {
            engine.Cancel(id);
            try
            {
                await audio.DeleteAsync(TtsTask.AudioKeyOf(id), CancellationToken.None);
            }
            catch (IOException exception)
            {
                // What was asked for is done; the file is nobody's now, and noted as such.
                LogFileLeft(exception, id);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The audio of {ConversionId}, which nobody uses any more, could not be removed; the orphan sweeper removes it later")]
    private partial void LogFileLeft(Exception exception, string conversionId);
}
