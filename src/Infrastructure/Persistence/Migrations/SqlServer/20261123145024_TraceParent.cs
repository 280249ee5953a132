using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dictation.Infrastructure.Persistence.Migrations.SqlServer
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
                type: "char(55)",
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
