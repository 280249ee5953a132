using System.Diagnostics;
using Dictation.Application.Abstractions;
using Dictation.CrashPoints;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

/// <summary>
/// The runtime calls it before the program's own start when <c>DOTNET_STARTUP_HOOKS</c> names this assembly: the very program that is shipped
/// then runs with its ports watched. The runtime asks for this name and for no namespace.
/// </summary>
internal static class StartupHook
{
    public static void Initialize() => DiagnosticListener.AllListeners.Subscribe(new Observer<DiagnosticListener>(listener =>
    {
        if (listener.Name == "Microsoft.Extensions.Hosting")
        {
            listener.Subscribe(new Observer<KeyValuePair<string, object?>>(e =>
            {
                if (e is { Key: "HostBuilding", Value: IHostBuilder host })
                {
                    host.ConfigureServices(Watch);
                }
            }));
        }
    }));

    private static void Watch(IServiceCollection services)
    {
        Watch<ITtsTaskQueue>(services);
        Watch<ITtsTaskStore>(services);
        Watch<IItemRepository>(services);
        Watch<IAttemptRepository>(services);
        Watch<ITagRepository>(services);
        Watch<IAudioStore>(services);
        Watch<ITtsEngine>(services);
    }

    private static void Watch<T>(IServiceCollection services)
        where T : class
    {
        var at = services.IndexOf(services.Single(s => s.ServiceType == typeof(T)));
        var real = services[at];
        services[at] = ServiceDescriptor.Describe(typeof(T), p => Watched<T>.Over((T)ActivatorUtilities.CreateInstance(p, real.ImplementationType!)), real.Lifetime);
    }

    private sealed class Observer<T>(Action<T> next) : IObserver<T>
    {
        public void OnNext(T value) => next(value);

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
