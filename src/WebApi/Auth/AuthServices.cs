using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Dictation.WebApi.Auth;

/// <summary>Registers authentication by keys and tokens, and authorization by scopes.</summary>
internal static class AuthServices
{
    private const string KeyOrToken = "KeyOrToken";

    /// <exception cref="Application.StartupException">The keys cannot be read, or others can reach the service and it has none.</exception>
    public static void AddAuth(this IServiceCollection services, AuthOptions auth, string host)
    {
        var keys = ApiKeys.Parse(auth.Keys);
        auth.EnsureLoopbackOrKeys(host, keys);
        services.AddSingleton(auth);
        services.AddSingleton(keys);
        services.AddSingleton<FailedKeyThrottle>();
        services.AddAuthorization(o => o.AddScopes());
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationErrors>();
        services.Configure<MvcOptions>(o => o.Conventions.Add(new ScopeConvention()));
        services.AddSchemes(auth.Jwt, keys);
    }

    // Not AddAuthentication: it brings data protection, which writes a key ring to the home directory at start. Nothing here needs one.
    private static void AddSchemes(this IServiceCollection services, JwtOptions jwt, ApiKeys keys)
    {
        services.AddWebEncoders();
        services.AddAuthenticationCore(o => o.DefaultScheme = jwt.IsEnabled ? KeyOrToken : keys.Required ? ApiKeyHandler.SchemeName : null);
        var schemes = new AuthenticationBuilder(services);
        if (keys.Required || jwt.IsEnabled)
        {
            schemes.AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, configureOptions: null);
        }
        else
        {
            services.AddSingleton<IPolicyEvaluator, AllowEverybody>();
        }

        if (jwt.IsEnabled)
        {
            schemes.AddPolicyScheme(KeyOrToken, displayName: null, o => o.ForwardDefaultSelector = SelectScheme);

            // Not AddJwtBearer: it also reads the section Authentication:Schemes, and a setting has one home.
            services.AddSingleton<IPostConfigureOptions<JwtBearerOptions>, JwtBearerPostConfigureOptions>();
            services.AddSingleton<JwtEvents>();
            schemes.AddScheme<JwtBearerOptions, JwtBearerHandler>(JwtEvents.SchemeName, o => Configure(o, jwt));
        }
    }

    /// <summary>Open endpoints check no token, so that nobody can make them ask the issuer.</summary>
    private static string SelectScheme(HttpContext context) =>
        !ScopePolicies.IsOpen(context) && Credentials.Key(context.Request) is null && Credentials.Bearer(context.Request) is { } token && Credentials.IsJwt(token)
            ? JwtEvents.SchemeName
            : ApiKeyHandler.SchemeName;

    private static void Configure(JwtBearerOptions options, JwtOptions jwt)
    {
        options.Authority = jwt.Authority;
        options.Audience = jwt.Audience;
        options.RequireHttpsMetadata = jwt.RequireHttps;
        options.MapInboundClaims = false;
        options.SaveToken = false;
        options.BackchannelTimeout = TimeSpan.FromSeconds(5);
        options.TokenValidationParameters.ClockSkew = TimeSpan.FromMinutes(1);
        options.EventsType = typeof(JwtEvents);
    }
}
