using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Dictation.Infrastructure.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "Items",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Locale = table.Column<string>(type: "TEXT", unicode: false, maxLength: 16, nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    SearchText = table.Column<string>(type: "TEXT", nullable: false),
                    Difficulty = table.Column<int>(type: "INTEGER", nullable: false),
                    DifficultyGiven = table.Column<bool>(type: "INTEGER", nullable: false),
                    ConversionId = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 32, nullable: true),
                    TtsStatus = table.Column<string>(type: "TEXT", unicode: false, maxLength: 16, nullable: false),
                    TtsError = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    AudioHash = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 64, nullable: true),
                    Practiced = table.Column<bool>(type: "INTEGER", nullable: false),
                    AttemptCount = table.Column<int>(type: "INTEGER", nullable: false),
                    BestScore = table.Column<int>(type: "INTEGER", nullable: true),
                    FirstPracticedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    LastPracticedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Items", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Lexicons",
                columns: table => new
                {
                    Language = table.Column<string>(type: "TEXT", unicode: false, maxLength: 16, nullable: false),
                    Version = table.Column<Guid>(type: "TEXT", nullable: false),
                    Entries = table.Column<string>(type: "TEXT", nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Lexicons", x => x.Language);
                });

            migrationBuilder.CreateTable(
                name: "OrphanedAudio",
                columns: table => new
                {
                    ConversionId = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 32, nullable: false),
                    Since = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OrphanedAudio", x => x.ConversionId);
                });

            migrationBuilder.CreateTable(
                name: "PracticeTotals15Min",
                columns: table => new
                {
                    Quarter = table.Column<int>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    ScoreSum = table.Column<long>(type: "INTEGER", nullable: false),
                    BestScore = table.Column<int>(type: "INTEGER", nullable: false),
                    WorstScore = table.Column<int>(type: "INTEGER", nullable: false),
                    WerSum = table.Column<double>(type: "REAL", nullable: false),
                    Timed = table.Column<int>(type: "INTEGER", nullable: false),
                    DurationSum = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PracticeTotals15Min", x => x.Quarter);
                });

            migrationBuilder.CreateTable(
                name: "Tags",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Tags", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Timings",
                columns: table => new
                {
                    ConversionId = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 32, nullable: false),
                    Estimated = table.Column<bool>(type: "INTEGER", nullable: false),
                    Spans = table.Column<string>(type: "TEXT", unicode: false, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Timings", x => x.ConversionId);
                });

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
                    Reading = table.Column<string>(type: "TEXT", nullable: true),
                    VoiceRegion = table.Column<string>(type: "TEXT", unicode: false, maxLength: 3, nullable: true),
                    CustomFilename = table.Column<string>(type: "TEXT", maxLength: 510, nullable: true),
                    HeldByClient = table.Column<bool>(type: "INTEGER", nullable: false),
                    ItemId = table.Column<long>(type: "INTEGER", nullable: true),
                    TraceParent = table.Column<string>(type: "TEXT", unicode: false, fixedLength: true, maxLength: 55, nullable: true),
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
                    Engine = table.Column<string>(type: "TEXT", unicode: false, maxLength: 16, nullable: true),
                    Notes = table.Column<string>(type: "TEXT", nullable: true),
                    SynthesisSeconds = table.Column<double>(type: "REAL", nullable: true),
                    ClaimId = table.Column<Guid>(type: "TEXT", nullable: true),
                    DueAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Tries = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TtsTasks", x => x.ConversionId);
                });

            migrationBuilder.CreateTable(
                name: "Attempts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ItemId = table.Column<long>(type: "INTEGER", nullable: false),
                    UserId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    AudioUrl = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: true),
                    Transcription = table.Column<string>(type: "TEXT", nullable: false),
                    Score = table.Column<int>(type: "INTEGER", nullable: false),
                    Wer = table.Column<double>(type: "REAL", nullable: false),
                    Cer = table.Column<double>(type: "REAL", nullable: false),
                    WordsRef = table.Column<int>(type: "INTEGER", nullable: false),
                    WordsCorrect = table.Column<int>(type: "INTEGER", nullable: false),
                    Substitutions = table.Column<int>(type: "INTEGER", nullable: false),
                    Deletions = table.Column<int>(type: "INTEGER", nullable: false),
                    Insertions = table.Column<int>(type: "INTEGER", nullable: false),
                    Feedback = table.Column<string>(type: "TEXT", nullable: false),
                    Alignment = table.Column<string>(type: "TEXT", nullable: false),
                    MissedWords = table.Column<string>(type: "TEXT", nullable: false),
                    Profile = table.Column<string>(type: "TEXT", unicode: false, maxLength: 16, nullable: false),
                    ScorerVersion = table.Column<string>(type: "TEXT", unicode: false, maxLength: 16, nullable: false),
                    Replays = table.Column<int>(type: "INTEGER", nullable: true),
                    DurationMs = table.Column<long>(type: "INTEGER", nullable: true),
                    BestScoreBefore = table.Column<int>(type: "INTEGER", nullable: true),
                    IsPersonalBest = table.Column<bool>(type: "INTEGER", nullable: false),
                    PreviousAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Quarter = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Attempts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Attempts_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ItemTags",
                columns: table => new
                {
                    ItemId = table.Column<long>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ItemTags", x => new { x.ItemId, x.Key });
                    table.ForeignKey(
                        name: "FK_ItemTags_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Attempts_CreatedAt",
                table: "Attempts",
                columns: new[] { "CreatedAt", "Id", "ItemId", "PreviousAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Attempts_Item",
                table: "Attempts",
                columns: new[] { "ItemId", "CreatedAt", "Id", "Score", "Wer", "DurationMs", "Quarter" });

            migrationBuilder.CreateIndex(
                name: "IX_Attempts_Item_User",
                table: "Attempts",
                columns: new[] { "ItemId", "UserId", "CreatedAt", "Id", "Score", "Wer", "DurationMs", "Quarter" });

            migrationBuilder.CreateIndex(
                name: "IX_Attempts_Quarter",
                table: "Attempts",
                columns: new[] { "Quarter", "Score", "Wer", "DurationMs" });

            migrationBuilder.CreateIndex(
                name: "IX_Attempts_User",
                table: "Attempts",
                columns: new[] { "UserId", "CreatedAt", "Id", "ItemId", "Score", "Wer", "DurationMs", "Quarter" });

            migrationBuilder.CreateIndex(
                name: "IX_Items_ConversionId",
                table: "Items",
                column: "ConversionId");

            migrationBuilder.CreateIndex(
                name: "IX_Items_Difficulty",
                table: "Items",
                columns: new[] { "Difficulty", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Items_FirstPracticedAt",
                table: "Items",
                column: "FirstPracticedAt",
                filter: "FirstPracticedAt IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Items_LastPracticedAt",
                table: "Items",
                column: "LastPracticedAt",
                filter: "LastPracticedAt IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Items_Locale",
                table: "Items",
                columns: new[] { "Locale", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Items_Locale_Difficulty",
                table: "Items",
                columns: new[] { "Locale", "Difficulty", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Items_Practiced",
                table: "Items",
                columns: new[] { "Practiced", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Items_Practiced_Difficulty",
                table: "Items",
                columns: new[] { "Practiced", "Difficulty", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Items_Search",
                table: "Items",
                columns: new[] { "Id", "SearchText" });

            migrationBuilder.CreateIndex(
                name: "IX_Items_TtsStatus",
                table: "Items",
                columns: new[] { "TtsStatus", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Items_TtsStatus_Difficulty",
                table: "Items",
                columns: new[] { "TtsStatus", "Difficulty", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ItemTags_Key",
                table: "ItemTags",
                columns: new[] { "Key", "ItemId" });

            migrationBuilder.CreateIndex(
                name: "IX_OrphanedAudio_Since",
                table: "OrphanedAudio",
                column: "Since");

            migrationBuilder.CreateIndex(
                name: "IX_Tags_Key",
                table: "Tags",
                column: "Key",
                unique: true);

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
                name: "IX_TtsTasks_ItemId",
                table: "TtsTasks",
                column: "ItemId",
                filter: "ItemId IS NOT NULL");

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
                name: "Attempts");

            migrationBuilder.DropTable(
                name: "ItemTags");

            migrationBuilder.DropTable(
                name: "Lexicons");

            migrationBuilder.DropTable(
                name: "OrphanedAudio");

            migrationBuilder.DropTable(
                name: "PracticeTotals15Min");

            migrationBuilder.DropTable(
                name: "Tags");

            migrationBuilder.DropTable(
                name: "Timings");

            migrationBuilder.DropTable(
                name: "TtsTasks");

            migrationBuilder.DropTable(
                name: "Items");
        }
    }
}
