using System.Collections.Concurrent;
using Dictation.Infrastructure.Tts.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dictation.WebApi.FunctionalTests.Support;

/// <summary>Puts something before the real synthesiser.</summary>
public abstract class SynthesizerDecorator : ISpeechSynthesizer
{
    protected ISpeechSynthesizer Real { get; private set; } = null!;

    public void Decorate(IServiceCollection services)
    {
        services.AddSingleton<SpeechSynthesizer>();
        services.Replace(ServiceDescriptor.Singleton<ISpeechSynthesizer>(p =>
        {
            Real = p.GetRequiredService<SpeechSynthesizer>();
            return this;
        }));
    }

    public string Preload(string voice) => Real.Preload(voice);

    public Task Prepare(string voice) => Real.Prepare(voice);

    public abstract SynthesisResult Speak(SynthesisRequest request, Stream wav, Action<SynthesisProgress> progress, CancellationToken cancellationToken);
}

/// <summary>Counts how often each text is spoken.</summary>
public sealed class CountingSynthesizer : SynthesizerDecorator
{
    public ConcurrentDictionary<string, int> Calls { get; } = new();

    public override SynthesisResult Speak(SynthesisRequest request, Stream wav, Action<SynthesisProgress> progress, CancellationToken cancellationToken)
    {
        Calls.AddOrUpdate(request.Text, 1, (_, n) => n + 1);
        return Real.Speak(request, wav, progress, cancellationToken);
    }
}

/// <summary>Speaks nothing until it is released.</summary>
public sealed class BlockingSynthesizer : SynthesizerDecorator, IDisposable
{
    private readonly ManualResetEventSlim released = new();

    public void Release() => released.Set();

    public void Dispose() => released.Dispose();

    public override SynthesisResult Speak(SynthesisRequest request, Stream wav, Action<SynthesisProgress> progress, CancellationToken cancellationToken)
    {
        released.Wait(cancellationToken);
        return Real.Speak(request, wav, progress, cancellationToken);
    }
}

/// <summary>Does what a test says before it speaks.</summary>
public sealed class ScriptedSynthesizer(Action<SynthesisRequest, CancellationToken> before) : SynthesizerDecorator
{
    public override SynthesisResult Speak(SynthesisRequest request, Stream wav, Action<SynthesisProgress> progress, CancellationToken cancellationToken)
    {
        before(request, cancellationToken);
        return Real.Speak(request, wav, progress, cancellationToken);
    }
}
