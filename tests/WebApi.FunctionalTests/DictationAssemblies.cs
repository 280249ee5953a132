using System.Reflection;
using Dictation.Application;
using Dictation.Domain.Tts;
using Dictation.Espeak;
using Dictation.Infrastructure;
using Dictation.Speech;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>The projects of src that the service is made of.</summary>
internal static class DictationAssemblies
{
    public static readonly Assembly[] All =
    [
        typeof(TtsTask).Assembly,
        typeof(Pause).Assembly,
        typeof(ApplicationServices).Assembly,
        typeof(EspeakProcess).Assembly,
        typeof(InfrastructureServices).Assembly,
        typeof(Program).Assembly,
    ];
}
