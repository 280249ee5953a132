IF OBJECT_ID(N'[__EFMigrationsHistory]') IS NULL
BEGIN
    CREATE TABLE [__EFMigrationsHistory] (
        [MigrationId] nvarchar(150) NOT NULL,
        [ProductVersion] nvarchar(32) NOT NULL,
        CONSTRAINT [PK___EFMigrationsHistory] PRIMARY KEY ([MigrationId])
    );
END;
GO

BEGIN TRANSACTION;
IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE TABLE [Items] (
        [Id] bigint NOT NULL IDENTITY,
        [Locale] varchar(16) NOT NULL,
        [Text] nvarchar(max) NOT NULL,
        [SearchText] nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Difficulty] int NOT NULL,
        [DifficultyGiven] bit NOT NULL,
        [ConversionId] char(32) COLLATE Latin1_General_100_BIN2 NULL,
        [TtsStatus] varchar(16) NOT NULL,
        [TtsError] nvarchar(2000) NULL,
        [AudioHash] char(64) NULL,
        [Practiced] bit NOT NULL,
        [AttemptCount] int NOT NULL,
        [BestScore] int NULL,
        [FirstPracticedAt] datetime2 NULL,
        [LastPracticedAt] datetime2 NULL,
        [CreatedAt] datetime2 NOT NULL,
        [UpdatedAt] datetime2 NOT NULL,
        CONSTRAINT [PK_Items] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE TABLE [Lexicons] (
        [Language] varchar(16) NOT NULL,
        [Version] uniqueidentifier NOT NULL,
        [Entries] nvarchar(max) NOT NULL,
        [UpdatedAt] datetime2 NOT NULL,
        CONSTRAINT [PK_Lexicons] PRIMARY KEY ([Language])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE TABLE [OrphanedAudio] (
        [ConversionId] char(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Since] datetime2 NOT NULL,
        CONSTRAINT [PK_OrphanedAudio] PRIMARY KEY ([ConversionId])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE TABLE [PracticeTotals15Min] (
        [Quarter] int NOT NULL,
        [Attempts] int NOT NULL,
        [ScoreSum] bigint NOT NULL,
        [BestScore] int NOT NULL,
        [WorstScore] int NOT NULL,
        [WerSum] float NOT NULL,
        [Timed] int NOT NULL,
        [DurationSum] bigint NOT NULL,
        CONSTRAINT [PK_PracticeTotals15Min] PRIMARY KEY ([Quarter])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE TABLE [Tags] (
        [Id] bigint NOT NULL IDENTITY,
        [Name] nvarchar(100) NOT NULL,
        [Key] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [CreatedAt] datetime2 NOT NULL,
        CONSTRAINT [PK_Tags] PRIMARY KEY ([Id])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE TABLE [Timings] (
        [ConversionId] char(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Estimated] bit NOT NULL,
        [Spans] varchar(max) NOT NULL,
        CONSTRAINT [PK_Timings] PRIMARY KEY ([ConversionId])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE TABLE [TtsTasks] (
        [ConversionId] char(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [ContentKey] char(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Text] nvarchar(max) NOT NULL,
        [TextHash] char(32) NOT NULL,
        [Language] varchar(16) NOT NULL,
        [Voice] nvarchar(255) NOT NULL,
        [SpeakingRate] float NOT NULL,
        [Reading] nvarchar(max) NULL,
        [VoiceRegion] varchar(3) NULL,
        [CustomFilename] nvarchar(510) NULL,
        [HeldByClient] bit NOT NULL,
        [ItemId] bigint NULL,
        [TraceParent] char(55) NULL,
        [Status] varchar(16) NOT NULL,
        [SubmittedAt] datetime2 NOT NULL,
        [StartedAt] datetime2 NULL,
        [CompletedAt] datetime2 NULL,
        [FailedAt] datetime2 NULL,
        [ErrorMessage] nvarchar(2000) NULL,
        [OutputFilePath] varchar(255) NULL,
        [FileSize] bigint NULL,
        [AudioHash] char(64) NULL,
        [SamplingRate] int NULL,
        [Duration] float NULL,
        [Segments] int NULL,
        [Device] varchar(32) NULL,
        [Engine] varchar(16) NULL,
        [Notes] nvarchar(max) NULL,
        [SynthesisSeconds] float NULL,
        [ClaimId] uniqueidentifier NULL,
        [DueAt] datetime2 NULL,
        [Tries] int NOT NULL,
        CONSTRAINT [PK_TtsTasks] PRIMARY KEY ([ConversionId])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE TABLE [Attempts] (
        [Id] bigint NOT NULL IDENTITY,
        [ItemId] bigint NOT NULL,
        [UserId] nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL,
        [AudioUrl] nvarchar(4000) NULL,
        [Transcription] nvarchar(max) NOT NULL,
        [Score] int NOT NULL,
        [Wer] float NOT NULL,
        [Cer] float NOT NULL,
        [WordsRef] int NOT NULL,
        [WordsCorrect] int NOT NULL,
        [Substitutions] int NOT NULL,
        [Deletions] int NOT NULL,
        [Insertions] int NOT NULL,
        [Feedback] nvarchar(max) NOT NULL,
        [Alignment] nvarchar(max) NOT NULL,
        [MissedWords] nvarchar(max) NOT NULL,
        [Profile] varchar(16) NOT NULL,
        [ScorerVersion] varchar(16) NOT NULL,
        [Replays] int NULL,
        [DurationMs] bigint NULL,
        [BestScoreBefore] int NULL,
        [IsPersonalBest] bit NOT NULL,
        [PreviousAt] datetime2 NULL,
        [CreatedAt] datetime2 NOT NULL,
        [Quarter] int NOT NULL,
        CONSTRAINT [PK_Attempts] PRIMARY KEY ([Id]),
        CONSTRAINT [FK_Attempts_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE TABLE [ItemTags] (
        [ItemId] bigint NOT NULL,
        [Key] nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
        [Name] nvarchar(100) NOT NULL,
        [Position] int NOT NULL,
        CONSTRAINT [PK_ItemTags] PRIMARY KEY ([ItemId], [Key]),
        CONSTRAINT [FK_ItemTags_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE INDEX [IX_Attempts_CreatedAt] ON [Attempts] ([CreatedAt], [Id], [ItemId], [PreviousAt]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE INDEX [IX_Attempts_Item] ON [Attempts] ([ItemId], [CreatedAt], [Id], [Score], [Wer], [DurationMs], [Quarter]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE INDEX [IX_Attempts_Item_User] ON [Attempts] ([ItemId], [UserId], [CreatedAt], [Id], [Score], [Wer], [DurationMs], [Quarter]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE INDEX [IX_Attempts_Quarter] ON [Attempts] ([Quarter], [Score], [Wer], [DurationMs]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE INDEX [IX_Attempts_User] ON [Attempts] ([UserId], [CreatedAt], [Id], [ItemId], [Score], [Wer], [DurationMs], [Quarter]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE INDEX [IX_Items_ConversionId] ON [Items] ([ConversionId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE INDEX [IX_Items_Difficulty] ON [Items] ([Difficulty], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_Items_FirstPracticedAt] ON [Items] ([FirstPracticedAt]) WHERE FirstPracticedAt IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_Items_LastPracticedAt] ON [Items] ([LastPracticedAt]) WHERE LastPracticedAt IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE INDEX [IX_Items_Locale] ON [Items] ([Locale], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE INDEX [IX_Items_Locale_Difficulty] ON [Items] ([Locale], [Difficulty], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE INDEX [IX_Items_Practiced] ON [Items] ([Practiced], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE INDEX [IX_Items_Practiced_Difficulty] ON [Items] ([Practiced], [Difficulty], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE INDEX [IX_Items_Search] ON [Items] ([Id]) INCLUDE ([SearchText]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE INDEX [IX_Items_TtsStatus] ON [Items] ([TtsStatus], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE INDEX [IX_Items_TtsStatus_Difficulty] ON [Items] ([TtsStatus], [Difficulty], [Id]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE INDEX [IX_ItemTags_Key] ON [ItemTags] ([Key], [ItemId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE INDEX [IX_OrphanedAudio_Since] ON [OrphanedAudio] ([Since]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE UNIQUE INDEX [IX_Tags_Key] ON [Tags] ([Key]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [IX_TtsTasks_ContentKey_Live] ON [TtsTasks] ([ContentKey]) WHERE Status <> ''Failed''');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_TtsTasks_Due] ON [TtsTasks] ([DueAt], [ConversionId]) WHERE DueAt IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_TtsTasks_FailedAt] ON [TtsTasks] ([FailedAt]) WHERE FailedAt IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_TtsTasks_ItemId] ON [TtsTasks] ([ItemId]) WHERE ItemId IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE INDEX [IX_TtsTasks_Status_ConversionId] ON [TtsTasks] ([Status], [ConversionId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    CREATE INDEX [IX_TtsTasks_TextHash] ON [TtsTasks] ([TextHash]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261201012329_Initial'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261201012329_Initial', N'10.0.15');
END;

COMMIT;
GO
