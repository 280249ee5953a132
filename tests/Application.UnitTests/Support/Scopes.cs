using Microsoft.Extensions.DependencyInjection;

namespace Dictation.Application.UnitTests.Support;

/// <summary>Scopes that all hand out the same services.</summary>
internal sealed class Scopes(params object[] services) : IServiceScopeFactory, IServiceScope, IServiceProvider
{
    public IServiceProvider ServiceProvider => this;

    public IServiceScope CreateScope() => this;

    public object? GetService(Type serviceType) => services.FirstOrDefault(serviceType.IsInstanceOfType);

    public void Dispose()
    {
    }
}
