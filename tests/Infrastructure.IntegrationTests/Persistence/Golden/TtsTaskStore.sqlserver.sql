-- FindAsync

SELECT TOP(1) [t].[ConversionId], [t].[AudioHash], [t].[ClaimId], [t].[CompletedAt], [t].[ContentKey], [t].[CustomFilename], [t].[Device], [t].[DueAt], [t].[Duration], [t].[Engine], [t].[ErrorMessage], [t].[FailedAt], [t].[FileSize], [t].[HeldByClient], [t].[ItemId], [t].[Language], [t].[Notes], [t].[OutputFilePath], [t].[Reading], [t].[SamplingRate], [t].[Segments], [t].[SpeakingRate], [t].[StartedAt], [t].[Status], [t].[SubmittedAt], [t].[SynthesisSeconds], [t].[Text], [t].[TextHash], [t].[TraceParent], [t].[Tries], [t].[Voice], [t].[VoiceRegion]
FROM [TtsTasks] AS [t]
WHERE [t].[ConversionId] = @conversionId


-- FindLiveByKeysAsync: two keys

SELECT [t].[ConversionId], [t].[AudioHash], [t].[ClaimId], [t].[CompletedAt], [t].[ContentKey], [t].[CustomFilename], [t].[Device], [t].[DueAt], [t].[Duration], [t].[Engine], [t].[ErrorMessage], [t].[FailedAt], [t].[FileSize], [t].[HeldByClient], [t].[ItemId], [t].[Language], [t].[Notes], [t].[OutputFilePath], [t].[Reading], [t].[SamplingRate], [t].[Segments], [t].[SpeakingRate], [t].[StartedAt], [t].[Status], [t].[SubmittedAt], [t].[SynthesisSeconds], [t].[Text], [t].[TextHash], [t].[TraceParent], [t].[Tries], [t].[Voice], [t].[VoiceRegion]
FROM [TtsTasks] AS [t]
WHERE [t].[ContentKey] IN (@contentKeys1, @contentKeys2) AND [t].[Status] <> 'Failed'


-- AddAsync: two tasks

SELECT COUNT(*)
FROM [TtsTasks] AS [t]
WHERE [t].[DueAt] IS NOT NULL

SAVE TRANSACTION [__EFSavePoint];

SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [TtsTasks] ([ConversionId], [AudioHash], [ClaimId], [CompletedAt], [ContentKey], [CustomFilename], [Device], [DueAt], [Duration], [Engine], [ErrorMessage], [FailedAt], [FileSize], [HeldByClient], [ItemId], [Language], [Notes], [OutputFilePath], [Reading], [SamplingRate], [Segments], [SpeakingRate], [StartedAt], [Status], [SubmittedAt], [SynthesisSeconds], [Text], [TextHash], [TraceParent], [Tries], [Voice], [VoiceRegion])
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22, @p23, @p24, @p25, @p26, @p27, @p28, @p29, @p30, @p31),
(@p32, @p33, @p34, @p35, @p36, @p37, @p38, @p39, @p40, @p41, @p42, @p43, @p44, @p45, @p46, @p47, @p48, @p49, @p50, @p51, @p52, @p53, @p54, @p55, @p56, @p57, @p58, @p59, @p60, @p61, @p62, @p63);


-- ChangeAsync

SELECT TOP(1) [t].[ConversionId], [t].[AudioHash], [t].[ClaimId], [t].[CompletedAt], [t].[ContentKey], [t].[CustomFilename], [t].[Device], [t].[DueAt], [t].[Duration], [t].[Engine], [t].[ErrorMessage], [t].[FailedAt], [t].[FileSize], [t].[HeldByClient], [t].[ItemId], [t].[Language], [t].[Notes], [t].[OutputFilePath], [t].[Reading], [t].[SamplingRate], [t].[Segments], [t].[SpeakingRate], [t].[StartedAt], [t].[Status], [t].[SubmittedAt], [t].[SynthesisSeconds], [t].[Text], [t].[TextHash], [t].[TraceParent], [t].[Tries], [t].[Voice], [t].[VoiceRegion]
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
WHERE [t].[ConversionId] = @orphaned1

SELECT [o].[ConversionId]
FROM [OrphanedAudio] AS [o]
WHERE [o].[ConversionId] = @orphaned1

SAVE TRANSACTION [__EFSavePoint];

SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [OrphanedAudio] ([ConversionId], [Since])
VALUES (@p0, @p1);


-- DeleteFailedAsync

SELECT TOP(@p) [t].[ConversionId]
FROM [TtsTasks] AS [t]
WHERE [t].[FailedAt] < @before
ORDER BY [t].[FailedAt]
