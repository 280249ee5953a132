using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dictation.Infrastructure.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class TraceParent : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "TraceParent",
                table: "TtsTasks",
                type: "TEXT",
                unicode: false,
                fixedLength: true,
                maxLength: 55,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "TraceParent",
                table: "TtsTasks");
        }
    }
}
