using System.Data.Common;
using Dictation.Application;
using Microsoft.Data.Sqlite;

namespace Dictation.Infrastructure.Persistence;

/// <summary>Reads DATABASE_URL: an ADO.NET connection string, or an address as SQLAlchemy writes it.</summary>
public static class DatabaseUrl
{
    /// <summary><c>sqlite:///relative.db</c>, <c>sqlite:////absolute.db</c>, <c>mssql://user:password@host:port/database</c> (also <c>mssql+driver</c>, <c>sqlserver</c>), <c>Data Source=…</c>, <c>Server=…</c>.</summary>
    /// <exception cref="StartupException">It is none of these.</exception>
    public static (DatabaseProvider Provider, string ConnectionString) Parse(string url)
    {
        var scheme = url.Split("://", 2)[0].Split('+')[0].ToLowerInvariant();
        switch (scheme)
        {
            case "sqlite" when url.Split(":///", 2) is [_, { Length: > 0 } path]:
                return (DatabaseProvider.Sqlite, new SqliteConnectionStringBuilder { DataSource = path.Split('?')[0] }.ToString());
            case "mssql" or "sqlserver" when Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host.Length > 0:
                var credentials = uri.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
                var builder = new DbConnectionStringBuilder
                {
                    ["Server"] = uri.IsDefaultPort ? uri.Host : $"{uri.Host},{uri.Port}",
                    ["Database"] = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/')),
                };
                if (credentials is [{ Length: > 0 } user, ..])
                {
                    builder["User ID"] = user;
                    builder["Password"] = credentials.ElementAtOrDefault(1) ?? "";
                }
                else
                {
                    builder["Integrated Security"] = "true";
                }

                return (DatabaseProvider.SqlServer, builder.ToString());
            default:
                return ParseConnectionString(url);
        }
    }

    /// <summary>A connection string that can be opened: a SQLite file is made absolute, from the default where none is named.</summary>
    /// <param name="connectionString">As configured; null or empty for the default, which only SQLite has.</param>
    /// <param name="defaultFile">Where the SQLite file lies unless told.</param>
    /// <param name="currentDirectory">What a relative file is relative to.</param>
    /// <exception cref="StartupException">It cannot be read, or is missing.</exception>
    public static string Complete(DatabaseProvider provider, string? connectionString, string defaultFile, string currentDirectory)
    {
        if (provider == DatabaseProvider.SqlServer)
        {
            return connectionString is { Length: > 0 }
                ? connectionString
                : throw new StartupException("Database:Provider is SqlServer and there is no connection string. Set DATABASE_URL or Database__ConnectionString.");
        }

        try
        {
            var sqlite = new SqliteConnectionStringBuilder(connectionString);
            sqlite.DataSource = Path.GetFullPath(sqlite.DataSource is { Length: > 0 } file ? file : defaultFile, currentDirectory);
            return sqlite.ToString();
        }
        catch (ArgumentException exception)
        {
            throw new StartupException($"The SQLite connection string cannot be read: {exception.Message} Give 'Data Source=path', or sqlite:///path in DATABASE_URL.", exception);
        }
    }

    private static (DatabaseProvider Provider, string ConnectionString) ParseConnectionString(string text)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = text };
            if (parts.ContainsKey("Server") || parts.ContainsKey("Initial Catalog") || parts.ContainsKey("Database"))
            {
                return (DatabaseProvider.SqlServer, text);
            }

            if (parts.ContainsKey("Data Source") || parts.ContainsKey("Filename"))
            {
                return (DatabaseProvider.Sqlite, text);
            }
        }
        catch (ArgumentException)
        {
            // Not key=value pairs; said below without echoing what may hold a password.
        }

        throw new StartupException("DATABASE_URL cannot be read. Give sqlite:///path, mssql://user:password@host/database, or an ADO.NET connection string.");
    }
}
