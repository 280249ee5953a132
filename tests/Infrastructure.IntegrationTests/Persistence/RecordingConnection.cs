using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.SqlClient;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

/// <summary>Stands in for a connection to a SQL Server that is nowhere: notes each statement and answers it from a function.</summary>
internal sealed class RecordingConnection(Func<string, DbDataReader> answer) : DbConnection
{
    private ConnectionState state = ConnectionState.Closed;

    public List<string> Statements { get; } = [];

    /// <summary>The most parameters that any one statement had.</summary>
    public int MostParameters { get; private set; }

    [AllowNull]
    public override string ConnectionString { get; set; } = "";

    public override string Database => "";

    public override string DataSource => "";

    public override string ServerVersion => "16.0";

    public override ConnectionState State => state;

    public override void Open() => state = ConnectionState.Open;

    public override void Close() => state = ConnectionState.Closed;

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => new Transaction(this, isolationLevel);

    protected override DbCommand CreateDbCommand() => new Command(this);

    private DbDataReader Answer(Command command)
    {
        Statements.Add(command.CommandText);
        MostParameters = Math.Max(MostParameters, command.Parameters.Count);
        return answer(command.CommandText);
    }

    private sealed class Transaction(DbConnection connection, IsolationLevel isolationLevel) : DbTransaction
    {
        public override IsolationLevel IsolationLevel { get; } = isolationLevel;

        protected override DbConnection DbConnection { get; } = connection;

        public override void Commit()
        {
        }

        public override void Rollback()
        {
        }
    }

    private sealed class Command(RecordingConnection connection) : DbCommand
    {
        // Only there to hold parameters of the kind that the provider makes.
        private readonly SqlCommand inner = new();

        [AllowNull]
        public override string CommandText { get; set; } = "";

        public override int CommandTimeout { get; set; }

        public override CommandType CommandType { get; set; } = CommandType.Text;

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection { get; set; } = connection;

        protected override DbParameterCollection DbParameterCollection => inner.Parameters;

        protected override DbTransaction? DbTransaction { get; set; }

        public override void Cancel()
        {
        }

        public override void Prepare()
        {
        }

        public override int ExecuteNonQuery()
        {
            connection.Answer(this).Dispose();
            return 1;
        }

        public override object? ExecuteScalar()
        {
            connection.Answer(this).Dispose();
            return 0;
        }

        protected override DbParameter CreateDbParameter() => new SqlParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => connection.Answer(this);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
