using System.ComponentModel.DataAnnotations;

namespace Dictation.Infrastructure.Persistence;

/// <summary>
/// The section <c>Database</c>. <c>Provider</c> is read before the options, since it decides types: see <c>DatabaseProviders</c>.
/// </summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary>An ADO.NET connection string. For SQLite, <c>Data Source=</c> and a file's path.</summary>
    [Required(ErrorMessage = "Database:ConnectionString is required.")]
    public string ConnectionString { get; set; } = "";

    /// <summary>Whether SQL Server is migrated at start. SQLite always is.</summary>
    public bool MigrateAtStart { get; set; }
}
