-- FindAsync

SELECT [i].[Id], [i].[AttemptCount], [i].[AudioHash], [i].[BestScore], [i].[ConversionId], [i].[CreatedAt], [i].[Difficulty], [i].[DifficultyGiven], [i].[FirstPracticedAt], [i].[LastPracticedAt], [i].[Locale], [i].[Practiced], [i].[SearchText], [i].[Text], [i].[TtsError], [i].[TtsStatus], [i].[UpdatedAt]
FROM [Items] AS [i]
WHERE [i].[Id] = @ids1

SELECT [i].[ItemId], [i].[Key], [i].[Name], [i].[Position]
FROM [ItemTags] AS [i]
WHERE [i].[ItemId] = @ids1


-- FindManyAsync: two ids

SELECT [i].[Id], [i].[AttemptCount], [i].[AudioHash], [i].[BestScore], [i].[ConversionId], [i].[CreatedAt], [i].[Difficulty], [i].[DifficultyGiven], [i].[FirstPracticedAt], [i].[LastPracticedAt], [i].[Locale], [i].[Practiced], [i].[SearchText], [i].[Text], [i].[TtsError], [i].[TtsStatus], [i].[UpdatedAt]
FROM [Items] AS [i]
WHERE [i].[Id] IN (@ids1, @ids2)

SELECT [i].[ItemId], [i].[Key], [i].[Name], [i].[Position]
FROM [ItemTags] AS [i]
WHERE [i].[ItemId] = @ids1


-- AddAsync: two items, a new task and one that is there

UPDATE [t]
SET [t].[HeldByClient] = [t].[HeldByClient]
FROM [TtsTasks] AS [t]
WHERE [t].[ConversionId] = @conversionIds1

SELECT COUNT(*)
FROM [TtsTasks] AS [t]
WHERE [t].[DueAt] IS NOT NULL

SAVE TRANSACTION [__EFSavePoint];

SET NOCOUNT ON;
MERGE [Items] USING (
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, 0),
(@p16, @p17, @p18, @p19, @p20, @p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28, @p29, @p30, @p31, 1)) AS i ([AttemptCount], [AudioHash], [BestScore], [ConversionId], [CreatedAt], [Difficulty], [DifficultyGiven], [FirstPracticedAt], [LastPracticedAt], [Locale], [Practiced], [SearchText], [Text], [TtsError], [TtsStatus], [UpdatedAt], _Position) ON 1=0
WHEN NOT MATCHED THEN
INSERT ([AttemptCount], [AudioHash], [BestScore], [ConversionId], [CreatedAt], [Difficulty], [DifficultyGiven], [FirstPracticedAt], [LastPracticedAt], [Locale], [Practiced], [SearchText], [Text], [TtsError], [TtsStatus], [UpdatedAt])
VALUES (i.[AttemptCount], i.[AudioHash], i.[BestScore], i.[ConversionId], i.[CreatedAt], i.[Difficulty], i.[DifficultyGiven], i.[FirstPracticedAt], i.[LastPracticedAt], i.[Locale], i.[Practiced], i.[SearchText], i.[Text], i.[TtsError], i.[TtsStatus], i.[UpdatedAt])
OUTPUT INSERTED.[Id], i._Position;
INSERT INTO [TtsTasks] ([ConversionId], [AudioHash], [ClaimId], [CompletedAt], [ContentKey], [CustomFilename], [Device], [DueAt], [Duration], [Engine], [ErrorMessage], [FailedAt], [FileSize], [HeldByClient], [ItemId], [Language], [Notes], [OutputFilePath], [Reading], [SamplingRate], [Segments], [SpeakingRate], [StartedAt], [Status], [SubmittedAt], [SynthesisSeconds], [Text], [TextHash], [TraceParent], [Tries], [Voice], [VoiceRegion])
VALUES (@p32, @p33, @p34, @p35, @p36, @p37, @p38, @p39, @p40, @p41, @p42, @p43, @p44, @p45, @p46, @p47, @p48, @p49, @p50, @p51, @p52, @p53, @p54, @p55, @p56, @p57, @p58, @p59, @p60, @p61, @p62, @p63);

SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [ItemTags] ([ItemId], [Key], [Name], [Position])
VALUES (@p64, @p65, @p66, @p67),
(@p68, @p69, @p70, @p71);

UPDATE [t]
SET [t].[ItemId] = (
    SELECT MIN([i].[Id])
    FROM [Items] AS [i]
    WHERE [i].[ConversionId] = [t].[ConversionId])
FROM [TtsTasks] AS [t]
WHERE [t].[ConversionId] IN (@conversionIds1, @conversionIds2)

UPDATE [i]
SET [i].[TtsStatus] = CASE
    WHEN [t].[Status] = 'Done' THEN 'Ready'
    WHEN [t].[Status] = 'Failed' THEN 'Failed'
    ELSE 'Pending'
END,
    [i].[TtsError] = [t].[ErrorMessage],
    [i].[AudioHash] = [t].[AudioHash]
FROM [Items] AS [i]
INNER JOIN [TtsTasks] AS [t] ON [i].[ConversionId] = [t].[ConversionId]
WHERE [i].[ConversionId] IN (@conversionIds1, @conversionIds2) AND [i].[TtsStatus] <> CASE
    WHEN [t].[Status] = 'Done' THEN 'Ready'
    WHEN [t].[Status] = 'Failed' THEN 'Failed'
    ELSE 'Pending'
END


-- ChangeAsync: tags

UPDATE [i]
SET [i].[Practiced] = [i].[Practiced]
FROM [Items] AS [i]
WHERE [i].[Id] = @id

SELECT TOP(1) [i].[Id], [i].[AttemptCount], [i].[AudioHash], [i].[BestScore], [i].[ConversionId], [i].[CreatedAt], [i].[Difficulty], [i].[DifficultyGiven], [i].[FirstPracticedAt], [i].[LastPracticedAt], [i].[Locale], [i].[Practiced], [i].[SearchText], [i].[Text], [i].[TtsError], [i].[TtsStatus], [i].[UpdatedAt]
FROM [Items] AS [i]
WHERE [i].[Id] = @id

SELECT [i].[ItemId], [i].[Key], [i].[Name], [i].[Position]
FROM [ItemTags] AS [i]
WHERE [i].[ItemId] = @id

SAVE TRANSACTION [__EFSavePoint];

SET NOCOUNT ON;
INSERT INTO [ItemTags] ([ItemId], [Key], [Name], [Position])
VALUES (@p0, @p1, @p2, @p3);
UPDATE [Items] SET [UpdatedAt] = @p4
OUTPUT 1
WHERE [Id] = @p5;


-- SpeakAsync: again

SELECT COUNT(*)
FROM [TtsTasks] AS [t]
WHERE [t].[DueAt] IS NOT NULL

UPDATE [t]
SET [t].[ContentKey] = @p
FROM [TtsTasks] AS [t]
WHERE [t].[ConversionId] = @id

UPDATE [i]
SET [i].[Practiced] = [i].[Practiced]
FROM [Items] AS [i]
WHERE [i].[Id] = @id

SELECT TOP(1) [i].[Id], [i].[AttemptCount], [i].[AudioHash], [i].[BestScore], [i].[ConversionId], [i].[CreatedAt], [i].[Difficulty], [i].[DifficultyGiven], [i].[FirstPracticedAt], [i].[LastPracticedAt], [i].[Locale], [i].[Practiced], [i].[SearchText], [i].[Text], [i].[TtsError], [i].[TtsStatus], [i].[UpdatedAt]
FROM [Items] AS [i]
WHERE [i].[Id] = @id

SELECT [i].[ItemId], [i].[Key], [i].[Name], [i].[Position]
FROM [ItemTags] AS [i]
WHERE [i].[ItemId] = @id

SAVE TRANSACTION [__EFSavePoint];

SET NOCOUNT ON;
UPDATE [Items] SET [ConversionId] = @p0
OUTPUT 1
WHERE [Id] = @p1;
INSERT INTO [TtsTasks] ([ConversionId], [AudioHash], [ClaimId], [CompletedAt], [ContentKey], [CustomFilename], [Device], [DueAt], [Duration], [Engine], [ErrorMessage], [FailedAt], [FileSize], [HeldByClient], [ItemId], [Language], [Notes], [OutputFilePath], [Reading], [SamplingRate], [Segments], [SpeakingRate], [StartedAt], [Status], [SubmittedAt], [SynthesisSeconds], [Text], [TextHash], [TraceParent], [Tries], [Voice], [VoiceRegion])
VALUES (@p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28, @p29, @p30, @p31, @p32, @p33);

UPDATE [t]
SET [t].[ItemId] = (
    SELECT MIN([i].[Id])
    FROM [Items] AS [i]
    WHERE [i].[ConversionId] = [t].[ConversionId])
FROM [TtsTasks] AS [t]
WHERE [t].[ConversionId] = @conversionIds1

UPDATE [i]
SET [i].[TtsStatus] = CASE
    WHEN [t].[Status] = 'Done' THEN 'Ready'
    WHEN [t].[Status] = 'Failed' THEN 'Failed'
    ELSE 'Pending'
END,
    [i].[TtsError] = [t].[ErrorMessage],
    [i].[AudioHash] = [t].[AudioHash]
FROM [Items] AS [i]
INNER JOIN [TtsTasks] AS [t] ON [i].[ConversionId] = [t].[ConversionId]
WHERE [i].[ConversionId] = @conversionIds1 AND [i].[TtsStatus] <> CASE
    WHEN [t].[Status] = 'Done' THEN 'Ready'
    WHEN [t].[Status] = 'Failed' THEN 'Failed'
    ELSE 'Pending'
END

SELECT [t].[ConversionId]
FROM [TtsTasks] AS [t]
WHERE [t].[ItemId] = @id

UPDATE [t]
SET [t].[HeldByClient] = [t].[HeldByClient]
FROM [TtsTasks] AS [t]
WHERE [t].[ConversionId] = @conversionIds1

UPDATE [t]
SET [t].[ItemId] = (
    SELECT MIN([i].[Id])
    FROM [Items] AS [i]
    WHERE [i].[ConversionId] = [t].[ConversionId])
FROM [TtsTasks] AS [t]
WHERE [t].[ConversionId] = @conversionIds1

DELETE FROM [t]
FROM [TtsTasks] AS [t]
WHERE [t].[ConversionId] = @conversionIds1 AND [t].[ItemId] IS NULL AND [t].[HeldByClient] = CAST(0 AS bit)

SELECT [t].[ConversionId]
FROM [TtsTasks] AS [t]
WHERE [t].[ConversionId] = @conversionIds1

SELECT [i].[ConversionId]
FROM [Items] AS [i]
WHERE [i].[ConversionId] = @rest1

DELETE FROM [t]
FROM [Timings] AS [t]
WHERE [t].[ConversionId] = @orphaned1

SELECT [o].[ConversionId]
FROM [OrphanedAudio] AS [o]
WHERE [o].[ConversionId] = @orphaned1

SAVE TRANSACTION [__EFSavePoint];

SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [OrphanedAudio] ([ConversionId], [Since])
VALUES (@p0, @p1);


-- AddRenditionAsync

SELECT COUNT(*)
FROM [TtsTasks] AS [t]
WHERE [t].[DueAt] IS NOT NULL

UPDATE [i]
SET [i].[Practiced] = [i].[Practiced]
FROM [Items] AS [i]
WHERE [i].[Id] = @id

SELECT TOP(1) [i].[Id], [i].[AttemptCount], [i].[AudioHash], [i].[BestScore], [i].[ConversionId], [i].[CreatedAt], [i].[Difficulty], [i].[DifficultyGiven], [i].[FirstPracticedAt], [i].[LastPracticedAt], [i].[Locale], [i].[Practiced], [i].[SearchText], [i].[Text], [i].[TtsError], [i].[TtsStatus], [i].[UpdatedAt]
FROM [Items] AS [i]
WHERE [i].[Id] = @id

SELECT [i].[ItemId], [i].[Key], [i].[Name], [i].[Position]
FROM [ItemTags] AS [i]
WHERE [i].[ItemId] = @id

SAVE TRANSACTION [__EFSavePoint];

SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [TtsTasks] ([ConversionId], [AudioHash], [ClaimId], [CompletedAt], [ContentKey], [CustomFilename], [Device], [DueAt], [Duration], [Engine], [ErrorMessage], [FailedAt], [FileSize], [HeldByClient], [ItemId], [Language], [Notes], [OutputFilePath], [Reading], [SamplingRate], [Segments], [SpeakingRate], [StartedAt], [Status], [SubmittedAt], [SynthesisSeconds], [Text], [TextHash], [TraceParent], [Tries], [Voice], [VoiceRegion])
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28, @p29, @p30, @p31);


-- DeleteAsync

UPDATE [i]
SET [i].[Practiced] = [i].[Practiced]
FROM [Items] AS [i]
WHERE [i].[Id] = @id

SELECT TOP(1) [i].[Id], [i].[AttemptCount], [i].[AudioHash], [i].[BestScore], [i].[ConversionId], [i].[CreatedAt], [i].[Difficulty], [i].[DifficultyGiven], [i].[FirstPracticedAt], [i].[LastPracticedAt], [i].[Locale], [i].[Practiced], [i].[SearchText], [i].[Text], [i].[TtsError], [i].[TtsStatus], [i].[UpdatedAt]
FROM [Items] AS [i]
WHERE [i].[Id] = @id

SELECT [i].[ItemId], [i].[Key], [i].[Name], [i].[Position]
FROM [ItemTags] AS [i]
WHERE [i].[ItemId] = @id

SELECT [t].[ConversionId]
FROM [TtsTasks] AS [t]
WHERE [t].[ItemId] = @id

SELECT [a].[Quarter]
FROM [Attempts] AS [a]
WHERE [a].[ItemId] = @id

DELETE FROM [i]
FROM [Items] AS [i]
WHERE [i].[Id] = @id

UPDATE [p]
SET [p].[Attempts] = [p].[Attempts]
FROM [PracticeTotals15Min] AS [p]
WHERE [p].[Quarter] = @quarters1

DELETE FROM [p]
FROM [PracticeTotals15Min] AS [p]
WHERE [p].[Quarter] = @quarters1 AND NOT EXISTS (
    SELECT 1
    FROM [Attempts] AS [a]
    WHERE [a].[Quarter] = [p].[Quarter])

UPDATE [p]
SET [p].[Attempts] = [a0].[Attempts],
    [p].[ScoreSum] = [a0].[ScoreSum],
    [p].[BestScore] = [a0].[BestScore],
    [p].[WorstScore] = [a0].[WorstScore],
    [p].[WerSum] = [a0].[WerSum],
    [p].[Timed] = [a0].[Timed],
    [p].[DurationSum] = [a0].[DurationSum]
FROM [PracticeTotals15Min] AS [p]
INNER JOIN (
    SELECT [a].[Quarter], COUNT(*) AS [Attempts], COALESCE(SUM(CAST([a].[Score] AS bigint)), CAST(0 AS bigint)) AS [ScoreSum], MAX([a].[Score]) AS [BestScore], MIN([a].[Score]) AS [WorstScore], COALESCE(SUM([a].[Wer]), 0.0E0) AS [WerSum], COUNT(CASE
        WHEN [a].[DurationMs] IS NOT NULL THEN 1
    END) AS [Timed], COALESCE(SUM(COALESCE([a].[DurationMs], CAST(0 AS bigint))), CAST(0 AS bigint)) AS [DurationSum]
    FROM [Attempts] AS [a]
    WHERE [a].[Quarter] = @quarters1
    GROUP BY [a].[Quarter]
) AS [a0] ON [p].[Quarter] = [a0].[Quarter]
WHERE [p].[Quarter] = @quarters2

UPDATE [t]
SET [t].[HeldByClient] = [t].[HeldByClient]
FROM [TtsTasks] AS [t]
WHERE [t].[ConversionId] = @conversionIds1

UPDATE [t]
SET [t].[ItemId] = (
    SELECT MIN([i].[Id])
    FROM [Items] AS [i]
    WHERE [i].[ConversionId] = [t].[ConversionId])
FROM [TtsTasks] AS [t]
WHERE [t].[ConversionId] = @conversionIds1

DELETE FROM [t]
FROM [TtsTasks] AS [t]
WHERE [t].[ConversionId] = @conversionIds1 AND [t].[ItemId] IS NULL AND [t].[HeldByClient] = CAST(0 AS bit)

SELECT [t].[ConversionId]
FROM [TtsTasks] AS [t]
WHERE [t].[ConversionId] = @conversionIds1

SELECT [i].[ConversionId]
FROM [Items] AS [i]
WHERE [i].[ConversionId] = @rest1

DELETE FROM [t]
FROM [Timings] AS [t]
WHERE [t].[ConversionId] = @orphaned1

SELECT [o].[ConversionId]
FROM [OrphanedAudio] AS [o]
WHERE [o].[ConversionId] = @orphaned1

SAVE TRANSACTION [__EFSavePoint];

SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [OrphanedAudio] ([ConversionId], [Since])
VALUES (@p0, @p1);


-- ListAsync: everything, first page

SELECT [i].[Id], [i].[AttemptCount], [i].[AudioHash], [i].[BestScore], [i].[ConversionId], [i].[CreatedAt], [i].[Difficulty], [i].[DifficultyGiven], [i].[FirstPracticedAt], [i].[LastPracticedAt], [i].[Locale], [i].[Practiced], [i].[SearchText], [i].[Text], [i].[TtsError], [i].[TtsStatus], [i].[UpdatedAt]
FROM [Items] AS [i]
WHERE [i].[Id] <= @maxId
ORDER BY [i].[Id] DESC
OFFSET @p ROWS FETCH NEXT @p2 ROWS ONLY

SELECT [i].[ItemId], [i].[Key], [i].[Name], [i].[Position]
FROM [ItemTags] AS [i]
WHERE [i].[ItemId] = @ids1

SELECT COUNT(*)
FROM [Items] AS [i]

SELECT MAX([i].[Id])
FROM [Items] AS [i]


-- ListAsync: every filter, by time

SELECT [i].[Id], [i].[AttemptCount], [i].[AudioHash], [i].[BestScore], [i].[ConversionId], [i].[CreatedAt], [i].[Difficulty], [i].[DifficultyGiven], [i].[FirstPracticedAt], [i].[LastPracticedAt], [i].[Locale], [i].[Practiced], [i].[SearchText], [i].[Text], [i].[TtsError], [i].[TtsStatus], [i].[UpdatedAt]
FROM [Items] AS [i]
WHERE [i].[Locale] = @locale AND [i].[Difficulty] - @min >= 0 AND @max - [i].[Difficulty] >= 0 AND [i].[SearchText] LIKE @text_contains ESCAPE N'\' AND [i].[Practiced] = @practiced AND [i].[TtsStatus] = @status AND [i].[Id] IN (
    SELECT [i0].[ItemId]
    FROM [ItemTags] AS [i0]
    WHERE [i0].[Key] = @tag
) AND [i].[Id] IN (
    SELECT [i1].[ItemId]
    FROM [ItemTags] AS [i1]
    WHERE [i1].[Key] = @tag8
) AND [i].[Id] <= @maxId
ORDER BY [i].[Id]
OFFSET @p ROWS FETCH NEXT @p ROWS ONLY

SELECT [i].[ItemId], [i].[Key], [i].[Name], [i].[Position]
FROM [ItemTags] AS [i]
WHERE [i].[ItemId] = @ids1

SELECT COUNT(*)
FROM [Items] AS [i]
WHERE [i].[Locale] = @locale AND [i].[Difficulty] - @min >= 0 AND @max - [i].[Difficulty] >= 0 AND [i].[SearchText] LIKE @text_contains ESCAPE N'\' AND [i].[Practiced] = @practiced AND [i].[TtsStatus] = @status AND [i].[Id] IN (
    SELECT [i0].[ItemId]
    FROM [ItemTags] AS [i0]
    WHERE [i0].[Key] = @tag
) AND [i].[Id] IN (
    SELECT [i1].[ItemId]
    FROM [ItemTags] AS [i1]
    WHERE [i1].[Key] = @tag8
)

SELECT MAX([i].[Id])
FROM [Items] AS [i]


-- ListAsync: every filter, by difficulty

SELECT [i].[Id], [i].[AttemptCount], [i].[AudioHash], [i].[BestScore], [i].[ConversionId], [i].[CreatedAt], [i].[Difficulty], [i].[DifficultyGiven], [i].[FirstPracticedAt], [i].[LastPracticedAt], [i].[Locale], [i].[Practiced], [i].[SearchText], [i].[Text], [i].[TtsError], [i].[TtsStatus], [i].[UpdatedAt]
FROM [Items] AS [i]
WHERE [i].[Locale] = @locale AND [i].[Difficulty] - @min >= 0 AND @max - [i].[Difficulty] >= 0 AND [i].[SearchText] LIKE @text_contains ESCAPE N'\' AND [i].[Practiced] = @practiced AND [i].[TtsStatus] = @status AND EXISTS (
    SELECT 1
    FROM [ItemTags] AS [i0]
    WHERE [i].[Id] = [i0].[ItemId] AND [i0].[Key] = @tag) AND EXISTS (
    SELECT 1
    FROM [ItemTags] AS [i1]
    WHERE [i].[Id] = [i1].[ItemId] AND [i1].[Key] = @tag7) AND [i].[Id] - @maxId <= CAST(0 AS bigint)
ORDER BY [i].[Difficulty] DESC, [i].[Id] DESC
OFFSET @p ROWS FETCH NEXT @p ROWS ONLY

SELECT [i].[ItemId], [i].[Key], [i].[Name], [i].[Position]
FROM [ItemTags] AS [i]
WHERE [i].[ItemId] = @ids1

SELECT COUNT(*)
FROM [Items] AS [i]
WHERE [i].[Locale] = @locale AND [i].[Difficulty] - @min >= 0 AND @max - [i].[Difficulty] >= 0 AND [i].[SearchText] LIKE @text_contains ESCAPE N'\' AND [i].[Practiced] = @practiced AND [i].[TtsStatus] = @status AND EXISTS (
    SELECT 1
    FROM [ItemTags] AS [i0]
    WHERE [i].[Id] = [i0].[ItemId] AND [i0].[Key] = @tag) AND EXISTS (
    SELECT 1
    FROM [ItemTags] AS [i1]
    WHERE [i].[Id] = [i1].[ItemId] AND [i1].[Key] = @tag7)

SELECT MAX([i].[Id])
FROM [Items] AS [i]


-- NewestIdAsync

SELECT MAX([i].[Id])
FROM [Items] AS [i]
