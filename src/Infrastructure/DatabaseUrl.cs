using System.Data.Common;
using Dictation.Application;
using Dictation.Infrastructure.Persistence;

namespace Dictation.Infrastructure;

/// <summary>Reads DATABASE_URL: an ADO.NET connection string, or an address as SQLAlchemy writes it.</summary>
public static class DatabaseUrl
{
    /// <summary>
    /// <c>sqlite:///relative.db</c>, <c>sqlite:////absolute.db</c>, <c>mssql://user:password@host:port/database</c> (also
    /// <c>mssql+driver</c>, <c>sqlserver</c>), <c>Data Source=…</c>, <c>Server=…</c>.
    /// </summary>
    /// <exception cref="StartupException">It is none of these.</exception>
    public static (DatabaseProvider Provider, string ConnectionString) Parse(string url)
    {
        var scheme = url.Split("://", 2)[0].Split('+')[0].ToLowerInvariant();
        foreach (var provider in DatabaseProviders.All)
        {
            if (provider.ReadUrl(scheme, url) is { } connectionString)
            {
                return (provider, connectionString);
            }
        }

        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = url };
            if (DatabaseProviders.All.FirstOrDefault(p => p.Owns(parts)) is { } owner)
            {
                return (owner, url);
            }
        }
        catch (ArgumentException)
        {
            // Not key=value pairs. The message below does not repeat the value, which may hold a password.
        }

        throw new StartupException("DATABASE_URL cannot be read. Give sqlite:///path, mssql://user:password@host/database, or an ADO.NET connection string.");
    }
}
