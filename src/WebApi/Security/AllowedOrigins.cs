using Dictation.Application;
using Dictation.WebApi.Configuration;

namespace Dictation.WebApi.Security;

/// <summary>Lets the pages of the origins that <c>Cors:Origins</c> names call the service.</summary>
internal static class AllowedOrigins
{
    /// <exception cref="StartupException">One is no origin.</exception>
    public static void AddAllowedOrigins(this IServiceCollection services, IConfiguration configuration)
    {
        var origins = CorsOrigins.Parse(configuration["Cors:Origins"]);
        services.AddCors(o => o.AddDefaultPolicy(origins.Apply));
    }
}
