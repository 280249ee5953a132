using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dictation.Infrastructure.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "TtsTasks",
                columns: table => new
                {
                    ConversionId = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 32, nullable: false),
                    ContentKey = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 64, nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    TextHash = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 32, nullable: false),
                    Language = table.Column<string>(type: "TEXT", unicode: false, maxLength: 16, nullable: false),
                    Voice = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    SpeakingRate = table.Column<double>(type: "REAL", nullable: false),
                    CustomFilename = table.Column<string>(type: "TEXT", maxLength: 510, nullable: true),
                    Status = table.Column<string>(type: "TEXT", unicode: false, maxLength: 16, nullable: false),
                    SubmittedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    StartedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    CompletedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    FailedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ErrorMessage = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    OutputFilePath = table.Column<string>(type: "TEXT", unicode: false, maxLength: 255, nullable: true),
                    FileSize = table.Column<long>(type: "INTEGER", nullable: true),
                    AudioHash = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 64, nullable: true),
                    SamplingRate = table.Column<int>(type: "INTEGER", nullable: true),
                    Duration = table.Column<double>(type: "REAL", nullable: true),
                    Segments = table.Column<int>(type: "INTEGER", nullable: true),
                    Device = table.Column<string>(type: "TEXT", unicode: false, maxLength: 32, nullable: true),
                    SynthesisSeconds = table.Column<double>(type: "REAL", nullable: true),
                    ClaimId = table.Column<Guid>(type: "TEXT", nullable: true),
                    DueAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Tries = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TtsTasks", x => x.ConversionId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_TtsTasks_ContentKey_Live",
                table: "TtsTasks",
                column: "ContentKey",
                unique: true,
                filter: "Status <> 'Failed'");

            migrationBuilder.CreateIndex(
                name: "IX_TtsTasks_Due",
                table: "TtsTasks",
                columns: new[] { "DueAt", "ConversionId" },
                filter: "DueAt IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TtsTasks_FailedAt",
                table: "TtsTasks",
                column: "FailedAt",
                filter: "FailedAt IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TtsTasks_Status_ConversionId",
                table: "TtsTasks",
                columns: new[] { "Status", "ConversionId" });

            migrationBuilder.CreateIndex(
                name: "IX_TtsTasks_TextHash",
                table: "TtsTasks",
                column: "TextHash");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "TtsTasks");
        }
    }
}
