using Dictation.Application;
using Dictation.WebApi.Configuration;

namespace Dictation.WebApi.Auth;

/// <summary>Registers the keys that the service accepts.</summary>
internal static class AuthServices
{
    /// <exception cref="StartupException">A key cannot be read, or others could reach the service without one.</exception>
    public static void AddApiKeys(this IServiceCollection services, IConfiguration configuration, string host)
    {
        var options = configuration.GetValidated<AuthOptions>(AuthOptions.Section);
        var keys = ApiKeys.Parse(options.Keys);
        options.CheckDoor(host, keys);
        services.AddSingleton(keys);
        services.AddSingleton<FailedTries>();
    }
}
