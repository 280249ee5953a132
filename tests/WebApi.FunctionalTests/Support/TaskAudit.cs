using Microsoft.Data.Sqlite;

namespace Dictation.WebApi.FunctionalTests.Support;

/// <summary>
/// Triggers in the database itself that write down what is done to tasks. The service knows nothing of them, so what they saw does not
/// depend on what it thinks it did.
/// </summary>
internal static class TaskAudit
{
    private static readonly HashSet<(string?, string?)> Allowed =
    [
        (null, "Queued"),
        ("Queued", "Processing"), ("Queued", "Completed"), ("Queued", "Done"), ("Queued", "Failed"),
        ("Processing", "Completed"), ("Processing", "Done"), ("Processing", "Failed"),
        ("Completed", "Done"), ("Completed", "Failed"),
        ("Failed", "Queued"),
    ];

    /// <summary>Sets the triggers up, once the service has made its tables.</summary>
    public static async Task InstallAsync(string dataDirectory)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(dataDirectory, "dictation.db")};Pooling=False;Default Timeout=30");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = """
            CREATE TABLE TaskAudit (Seq INTEGER PRIMARY KEY AUTOINCREMENT, ConversionId TEXT, Before TEXT, After TEXT);
            CREATE TABLE ClaimAudit (Seq INTEGER PRIMARY KEY AUTOINCREMENT, ConversionId TEXT, ClaimId TEXT, At REAL);
            CREATE TRIGGER AuditInsert AFTER INSERT ON TtsTasks BEGIN
                INSERT INTO TaskAudit (ConversionId, Before, After) VALUES (NEW.ConversionId, NULL, NEW.Status);
            END;
            CREATE TRIGGER AuditUpdate AFTER UPDATE OF Status ON TtsTasks BEGIN
                INSERT INTO TaskAudit (ConversionId, Before, After) VALUES (NEW.ConversionId, OLD.Status, NEW.Status);
            END;
            CREATE TRIGGER AuditDelete AFTER DELETE ON TtsTasks BEGIN
                INSERT INTO TaskAudit (ConversionId, Before, After) VALUES (OLD.ConversionId, OLD.Status, NULL);
            END;
            CREATE TRIGGER AuditClaim AFTER UPDATE OF ClaimId ON TtsTasks WHEN NEW.ClaimId IS NOT NULL AND NEW.ClaimId IS NOT OLD.ClaimId BEGIN
                INSERT INTO ClaimAudit (ConversionId, ClaimId, At) VALUES (NEW.ConversionId, NEW.ClaimId, unixepoch('subsec'));
            END;
            """;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// Steps that a task may not take: backwards, twice, or queued again without a client's asking. Nothing leads away from done, so that what
    /// passes here was done once at most.
    /// </summary>
    /// <param name="retries">How often clients asked for each task again.</param>
    public static async Task<IReadOnlyList<string>> FaultsAsync(string dataDirectory, IReadOnlyDictionary<string, int> retries)
    {
        var steps = await Database.RowsAsync(dataDirectory, "SELECT ConversionId, Before, After FROM TaskAudit ORDER BY Seq", r => (Id: r.GetString(0), Before: Text(r, 1), After: Text(r, 2)));
        var faults = new List<string>();
        foreach (var task in steps.GroupBy(s => s.Id))
        {
            string? stood = null;
            var way = string.Join(" → ", task.Select(s => s.After ?? "gone"));
            foreach (var (_, before, after) in task)
            {
                if (before != stood || (after is not null && !Allowed.Contains((before, after))))
                {
                    faults.Add($"{task.Key} went {way}");
                    break;
                }

                stood = after;
            }

            if (task.Count(s => s is { Before: "Failed", After: "Queued" }) > retries.GetValueOrDefault(task.Key))
            {
                faults.Add($"{task.Key} was queued again without being asked for: {way}");
            }
        }

        return faults;
    }

    /// <summary>How often tasks became done, by conversion id.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> DoneAsync(string dataDirectory) =>
        (await Database.RowsAsync(dataDirectory, "SELECT ConversionId FROM TaskAudit WHERE After = 'Done'", r => r.GetString(0))).CountBy(id => id).ToDictionary();

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
