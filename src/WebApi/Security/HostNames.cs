using Dictation.WebApi.Errors;

namespace Dictation.WebApi.Security;

/// <summary>Refuses requests whose Host header is not a name. The server accepts some from which no address, such as a Location, can be built.</summary>
internal static class HostNames
{
    public static void UseHostNames(this IApplicationBuilder app) => app.Use((context, next) =>
        IsName(context.Request.Host) ? next(context) : ErrorWriter.WriteStatusAsync(context, StatusCodes.Status400BadRequest));

    private static bool IsName(HostString host)
    {
        try
        {
            _ = host.ToUriComponent();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
