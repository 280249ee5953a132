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
    WHERE [MigrationId] = N'20261122213930_Initial'
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
        [CustomFilename] nvarchar(510) NULL,
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
        [SynthesisSeconds] float NULL,
        [ClaimId] uniqueidentifier NULL,
        [DueAt] datetime2 NULL,
        [Tries] int NOT NULL,
        CONSTRAINT [PK_TtsTasks] PRIMARY KEY ([ConversionId])
    );
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122213930_Initial'
)
BEGIN
    EXEC(N'CREATE UNIQUE INDEX [IX_TtsTasks_ContentKey_Live] ON [TtsTasks] ([ContentKey]) WHERE Status <> ''Failed''');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122213930_Initial'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_TtsTasks_Due] ON [TtsTasks] ([DueAt], [ConversionId]) WHERE DueAt IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122213930_Initial'
)
BEGIN
    EXEC(N'CREATE INDEX [IX_TtsTasks_FailedAt] ON [TtsTasks] ([FailedAt]) WHERE FailedAt IS NOT NULL');
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122213930_Initial'
)
BEGIN
    CREATE INDEX [IX_TtsTasks_Status_ConversionId] ON [TtsTasks] ([Status], [ConversionId]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122213930_Initial'
)
BEGIN
    CREATE INDEX [IX_TtsTasks_TextHash] ON [TtsTasks] ([TextHash]);
END;

IF NOT EXISTS (
    SELECT * FROM [__EFMigrationsHistory]
    WHERE [MigrationId] = N'20261122213930_Initial'
)
BEGIN
    INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
    VALUES (N'20261122213930_Initial', N'10.0.14');
END;

COMMIT;
GO
