-- ChangeManyAsync: two ids

SELECT [t].[ConversionId], [t].[AudioHash], [t].[ClaimId], [t].[CompletedAt], [t].[ContentKey], [t].[CustomFilename], [t].[Device], [t].[DueAt], [t].[Duration], [t].[Engine], [t].[ErrorMessage], [t].[FailedAt], [t].[FileSize], [t].[HeldByClient], [t].[ItemId], [t].[Language], [t].[Notes], [t].[OutputFilePath], [t].[Reading], [t].[SamplingRate], [t].[Segments], [t].[SpeakingRate], [t].[StartedAt], [t].[Status], [t].[SubmittedAt], [t].[SynthesisSeconds], [t].[Text], [t].[TextHash], [t].[TraceParent], [t].[Tries], [t].[Voice], [t].[VoiceRegion]
FROM [TtsTasks] AS [t]
WHERE [t].[ConversionId] IN (@conversionIds1, @conversionIds2)

SAVE TRANSACTION [__EFSavePoint];

SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
UPDATE [TtsTasks] SET [StartedAt] = @p0, [Status] = @p1, [Tries] = @p2
OUTPUT 1
WHERE [ConversionId] = @p3 AND [ClaimId] = @p4;


-- ClaimDueAsync

SELECT TOP(@p) [t].[ConversionId], [t].[AudioHash], [t].[ClaimId], [t].[CompletedAt], [t].[ContentKey], [t].[CustomFilename], [t].[Device], [t].[DueAt], [t].[Duration], [t].[Engine], [t].[ErrorMessage], [t].[FailedAt], [t].[FileSize], [t].[HeldByClient], [t].[ItemId], [t].[Language], [t].[Notes], [t].[OutputFilePath], [t].[Reading], [t].[SamplingRate], [t].[Segments], [t].[SpeakingRate], [t].[StartedAt], [t].[Status], [t].[SubmittedAt], [t].[SynthesisSeconds], [t].[Text], [t].[TextHash], [t].[TraceParent], [t].[Tries], [t].[Voice], [t].[VoiceRegion]
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
