using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dictation.Infrastructure.Persistence.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class UnusedAudio : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "UnusedAudio",
                columns: table => new
                {
                    ConversionId = table.Column<string>(type: "char(32)", unicode: false, fixedLength: true, maxLength: 32, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Since = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UnusedAudio", x => x.ConversionId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_UnusedAudio_Since",
                table: "UnusedAudio",
                column: "Since");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "UnusedAudio");
        }
    }
}
