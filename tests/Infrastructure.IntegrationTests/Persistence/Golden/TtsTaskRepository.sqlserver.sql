-- FindAsync

SELECT TOP(1) [t].[ConversionId], [t].[AudioHash], [t].[ClaimId], [t].[CompletedAt], [t].[ContentKey], [t].[CustomFilename], [t].[Device], [t].[DueAt], [t].[Duration], [t].[Engine], [t].[ErrorMessage], [t].[FailedAt], [t].[FileSize], [t].[HeldByClient], [t].[ItemId], [t].[Language], [t].[OutputFilePath], [t].[SamplingRate], [t].[Segments], [t].[SpeakingRate], [t].[StartedAt], [t].[Status], [t].[SubmittedAt], [t].[SynthesisSeconds], [t].[Text], [t].[TextHash], [t].[TraceParent], [t].[Tries], [t].[Voice]
FROM [TtsTasks] AS [t]
WHERE [t].[ConversionId] = @conversionId


-- FindLiveByKeysAsync: two keys

SELECT [t].[ConversionId], [t].[AudioHash], [t].[ClaimId], [t].[CompletedAt], [t].[ContentKey], [t].[CustomFilename], [t].[Device], [t].[DueAt], [t].[Duration], [t].[Engine], [t].[ErrorMessage], [t].[FailedAt], [t].[FileSize], [t].[HeldByClient], [t].[ItemId], [t].[Language], [t].[OutputFilePath], [t].[SamplingRate], [t].[Segments], [t].[SpeakingRate], [t].[StartedAt], [t].[Status], [t].[SubmittedAt], [t].[SynthesisSeconds], [t].[Text], [t].[TextHash], [t].[TraceParent], [t].[Tries], [t].[Voice]
FROM [TtsTasks] AS [t]
WHERE [t].[ContentKey] IN (@contentKeys1, @contentKeys2) AND [t].[Status] <> 'Failed'


-- AddAsync: two tasks

SELECT COUNT(*)
FROM [TtsTasks] AS [t]
WHERE [t].[DueAt] IS NOT NULL

SAVE TRANSACTION [__EFSavePoint];

SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [TtsTasks] ([ConversionId], [AudioHash], [ClaimId], [CompletedAt], [ContentKey], [CustomFilename], [Device], [DueAt], [Duration], [Engine], [ErrorMessage], [FailedAt], [FileSize], [HeldByClient], [ItemId], [Language], [OutputFilePath], [SamplingRate], [Segments], [SpeakingRate], [StartedAt], [Status], [SubmittedAt], [SynthesisSeconds], [Text], [TextHash], [TraceParent], [Tries], [Voice])
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28),
(@p29, @p30, @p31, @p32, @p33, @p34, @p35, @p36, @p37, @p38, @p39, @p40, @p41, @p42, @p43, @p44, @p45, @p46, @p47, @p48, @p49, @p50, @p51, @p52, @p53, @p54, @p55, @p56, @p57);


-- ChangeAsync

SELECT TOP(1) [t].[ConversionId], [t].[AudioHash], [t].[ClaimId], [t].[CompletedAt], [t].[ContentKey], [t].[CustomFilename], [t].[Device], [t].[DueAt], [t].[Duration], [t].[Engine], [t].[ErrorMessage], [t].[FailedAt], [t].[FileSize], [t].[HeldByClient], [t].[ItemId], [t].[Language], [t].[OutputFilePath], [t].[SamplingRate], [t].[Segments], [t].[SpeakingRate], [t].[StartedAt], [t].[Status], [t].[SubmittedAt], [t].[SynthesisSeconds], [t].[Text], [t].[TextHash], [t].[TraceParent], [t].[Tries], [t].[Voice]
FROM [TtsTasks] AS [t]
WHERE [t].[ConversionId] = @conversionId

SAVE TRANSACTION [__EFSavePoint];

SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
UPDATE [TtsTasks] SET [StartedAt] = @p0, [Status] = @p1, [Tries] = @p2
OUTPUT 1
WHERE [ConversionId] = @p3 AND [ClaimId] = @p4;

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


-- FindTimingsAsync: an id

SELECT TOP(1) [t].[ConversionId], [t].[Estimated], [t].[Spans]
FROM [Timings] AS [t]
WHERE [t].[ConversionId] = @conversionId


-- ChangeManyAsync: two ids

SELECT [t].[ConversionId], [t].[AudioHash], [t].[ClaimId], [t].[CompletedAt], [t].[ContentKey], [t].[CustomFilename], [t].[Device], [t].[DueAt], [t].[Duration], [t].[Engine], [t].[ErrorMessage], [t].[FailedAt], [t].[FileSize], [t].[HeldByClient], [t].[ItemId], [t].[Language], [t].[OutputFilePath], [t].[SamplingRate], [t].[Segments], [t].[SpeakingRate], [t].[StartedAt], [t].[Status], [t].[SubmittedAt], [t].[SynthesisSeconds], [t].[Text], [t].[TextHash], [t].[TraceParent], [t].[Tries], [t].[Voice]
FROM [TtsTasks] AS [t]
WHERE [t].[ConversionId] IN (@conversionIds1, @conversionIds2)

SAVE TRANSACTION [__EFSavePoint];

SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
UPDATE [TtsTasks] SET [StartedAt] = @p0, [Status] = @p1, [Tries] = @p2
OUTPUT 1
WHERE [ConversionId] = @p3 AND [ClaimId] = @p4;


-- ClaimDueAsync

SELECT TOP(@p) [t].[ConversionId], [t].[AudioHash], [t].[ClaimId], [t].[CompletedAt], [t].[ContentKey], [t].[CustomFilename], [t].[Device], [t].[DueAt], [t].[Duration], [t].[Engine], [t].[ErrorMessage], [t].[FailedAt], [t].[FileSize], [t].[HeldByClient], [t].[ItemId], [t].[Language], [t].[OutputFilePath], [t].[SamplingRate], [t].[Segments], [t].[SpeakingRate], [t].[StartedAt], [t].[Status], [t].[SubmittedAt], [t].[SynthesisSeconds], [t].[Text], [t].[TextHash], [t].[TraceParent], [t].[Tries], [t].[Voice]
FROM [TtsTasks] AS [t]
WHERE [t].[DueAt] <= @now
ORDER BY [t].[DueAt], [t].[ConversionId]

SAVE TRANSACTION [__EFSavePoint];

SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
UPDATE [TtsTasks] SET [ClaimId] = @p0, [DueAt] = @p1
OUTPUT 1
WHERE [ConversionId] = @p2 AND [ClaimId] = @p3;


-- ExtendLeasesAsync: two claims

UPDATE [t]
SET [t].[DueAt] = @p
FROM [TtsTasks] AS [t]
WHERE [t].[ConversionId] IN (@ids1, @ids2) AND [t].[ClaimId] IN (@claimIds1, @claimIds2) AND [t].[DueAt] IS NOT NULL

SELECT [t].[ClaimId]
FROM [TtsTasks] AS [t]
WHERE [t].[ConversionId] IN (@ids1, @ids2) AND [t].[ClaimId] IN (@claimIds1, @claimIds2) AND [t].[DueAt] IS NOT NULL


-- DeleteAsync

DELETE FROM [t]
FROM [TtsTasks] AS [t]
WHERE [t].[ConversionId] = @conversionId

UPDATE [i]
SET [i].[ConversionId] = NULL,
    [i].[TtsStatus] = @p3,
    [i].[TtsError] = COALESCE([i].[TtsError], N'The conversion was deleted before it was spoken. POST …/audio/refresh speaks the item again.')
FROM [Items] AS [i]
WHERE [i].[ConversionId] = @conversionIds1 AND [i].[TtsStatus] <> 'Ready' AND NOT EXISTS (
    SELECT 1
    FROM [TtsTasks] AS [t]
    WHERE [t].[ConversionId] = [i].[ConversionId])

SELECT [t].[ConversionId]
FROM [TtsTasks] AS [t]
WHERE [t].[ConversionId] = @conversionIds1

SELECT [i].[ConversionId]
FROM [Items] AS [i]
WHERE [i].[ConversionId] = @rest1

DELETE FROM [t]
FROM [Timings] AS [t]
WHERE [t].[ConversionId] = @unused1

SELECT [o].[ConversionId]
FROM [OrphanedAudio] AS [o]
WHERE [o].[ConversionId] = @unused1

SAVE TRANSACTION [__EFSavePoint];

SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [OrphanedAudio] ([ConversionId], [Since])
VALUES (@p0, @p1);


-- ListAsync: first page

SELECT TOP(@p) [t].[ConversionId], [t].[AudioHash], [t].[ClaimId], [t].[CompletedAt], [t].[ContentKey], [t].[CustomFilename], [t].[Device], [t].[DueAt], [t].[Duration], [t].[Engine], [t].[ErrorMessage], [t].[FailedAt], [t].[FileSize], [t].[HeldByClient], [t].[ItemId], [t].[Language], [t].[OutputFilePath], [t].[SamplingRate], [t].[Segments], [t].[SpeakingRate], [t].[StartedAt], [t].[Status], [t].[SubmittedAt], [t].[SynthesisSeconds], [t].[Text], [t].[TextHash], [t].[TraceParent], [t].[Tries], [t].[Voice]
FROM [TtsTasks] AS [t]
ORDER BY [t].[ConversionId] DESC


-- ListAsync: of a status, next page

SELECT TOP(@p) [t].[ConversionId], [t].[AudioHash], [t].[ClaimId], [t].[CompletedAt], [t].[ContentKey], [t].[CustomFilename], [t].[Device], [t].[DueAt], [t].[Duration], [t].[Engine], [t].[ErrorMessage], [t].[FailedAt], [t].[FileSize], [t].[HeldByClient], [t].[ItemId], [t].[Language], [t].[OutputFilePath], [t].[SamplingRate], [t].[Segments], [t].[SpeakingRate], [t].[StartedAt], [t].[Status], [t].[SubmittedAt], [t].[SynthesisSeconds], [t].[Text], [t].[TextHash], [t].[TraceParent], [t].[Tries], [t].[Voice]
FROM [TtsTasks] AS [t]
WHERE [t].[Status] = @status AND [t].[ConversionId] < @before
ORDER BY [t].[ConversionId] DESC


-- CountAsync: all

SELECT COUNT(*)
FROM [TtsTasks] AS [t]


-- CountAsync: of a status

SELECT COUNT(*)
FROM [TtsTasks] AS [t]
WHERE [t].[Status] = @status


-- QueuePositionsAsync

SELECT [t].[ConversionId]
FROM [TtsTasks] AS [t]
WHERE [t].[Status] = @status
ORDER BY CASE
    WHEN [t].[ClaimId] IS NULL THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END, [t].[DueAt], [t].[ConversionId]


-- QueuePositionAsync

SELECT COUNT(*)
FROM [TtsTasks] AS [t]
WHERE [t].[Status] = @status AND ([t].[ClaimId] IS NOT NULL OR (CASE
    WHEN [t].[ClaimId] IS NOT NULL THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END = @claimed AND ([t].[DueAt] < @due OR ([t].[DueAt] = @due AND [t].[ConversionId] < @id))))


-- GetQueueAsync

SELECT [t0].[Key] AS [Claimed], COUNT(*) AS [Count], MIN([t0].[SubmittedAt]) AS [Oldest]
FROM (
    SELECT [t].[SubmittedAt], CASE
        WHEN [t].[ClaimId] IS NOT NULL THEN CAST(1 AS bit)
        ELSE CAST(0 AS bit)
    END AS [Key]
    FROM [TtsTasks] AS [t]
    WHERE [t].[DueAt] IS NOT NULL
) AS [t0]
GROUP BY [t0].[Key]


-- GetStatisticsAsync

SELECT [t].[Status], COUNT(*) AS [Count]
FROM [TtsTasks] AS [t]
GROUP BY [t].[Status]

SELECT TOP(2) AVG(CAST([t0].[FileSize] AS float)) AS [Size], AVG([t0].[Duration]) AS [Duration], AVG([t0].[SynthesisSeconds]) AS [Synthesis]
FROM (
    SELECT [t].[Duration], [t].[FileSize], [t].[SynthesisSeconds], 1 AS [Key]
    FROM [TtsTasks] AS [t]
    WHERE [t].[Status] = @status
) AS [t0]
GROUP BY [t0].[Key]

SELECT COUNT(*)
FROM (
    SELECT 1 AS empty
    FROM [TtsTasks] AS [t]
    GROUP BY [t].[TextHash]
    HAVING COUNT(*) > 1
) AS [t0]

SELECT [t1].[Hash], [t1].[Count], [t0].[Text]
FROM (
    SELECT TOP(@p) [t].[TextHash] AS [Hash], COUNT(*) AS [Count], MIN([t].[ConversionId]) AS [First]
    FROM [TtsTasks] AS [t]
    GROUP BY [t].[TextHash]
    HAVING COUNT(*) > 1
    ORDER BY COUNT(*) DESC, [t].[TextHash]
) AS [t1]
INNER JOIN [TtsTasks] AS [t0] ON [t1].[First] = [t0].[ConversionId]
ORDER BY [t1].[Count] DESC, [t1].[Hash]


-- DeleteFailedAsync

SELECT TOP(@p) [t].[ConversionId]
FROM [TtsTasks] AS [t]
WHERE [t].[FailedAt] < @before
ORDER BY [t].[FailedAt]


-- CountFailedAsync

SELECT COUNT(*)
FROM [TtsTasks] AS [t]
WHERE [t].[FailedAt] < @before


-- FindUnownedAsync: two ids

SELECT [t].[ConversionId]
FROM [TtsTasks] AS [t]
WHERE [t].[ConversionId] IN (@conversionIds1, @conversionIds2)

SELECT [i].[ConversionId]
FROM [Items] AS [i]
WHERE [i].[ConversionId] IN (@rest1, @rest2)


-- ListUnusedAsync

SELECT TOP(@p) [o].[ConversionId]
FROM [OrphanedAudio] AS [o]
WHERE [o].[ConversionId] > @after
ORDER BY [o].[ConversionId]


-- ForgetUnusedAsync

DELETE FROM [o]
FROM [OrphanedAudio] AS [o]
WHERE [o].[Since] < @before
