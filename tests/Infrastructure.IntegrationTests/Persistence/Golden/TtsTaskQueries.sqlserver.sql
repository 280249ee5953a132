-- ListAsync: first page

SELECT TOP(@p) [t].[ConversionId], [t].[AudioHash], [t].[ClaimId], [t].[CompletedAt], [t].[ContentKey], [t].[CustomFilename], [t].[Device], [t].[DueAt], [t].[Duration], [t].[Engine], [t].[ErrorMessage], [t].[FailedAt], [t].[FileSize], [t].[HeldByClient], [t].[ItemId], [t].[Language], [t].[Notes], [t].[OutputFilePath], [t].[Reading], [t].[SamplingRate], [t].[Segments], [t].[SpeakingRate], [t].[StartedAt], [t].[Status], [t].[SubmittedAt], [t].[SynthesisSeconds], [t].[Text], [t].[TextHash], [t].[TraceParent], [t].[Tries], [t].[Voice], [t].[VoiceRegion]
FROM [TtsTasks] AS [t]
ORDER BY [t].[ConversionId] DESC


-- ListAsync: of a status, next page

SELECT TOP(@p) [t].[ConversionId], [t].[AudioHash], [t].[ClaimId], [t].[CompletedAt], [t].[ContentKey], [t].[CustomFilename], [t].[Device], [t].[DueAt], [t].[Duration], [t].[Engine], [t].[ErrorMessage], [t].[FailedAt], [t].[FileSize], [t].[HeldByClient], [t].[ItemId], [t].[Language], [t].[Notes], [t].[OutputFilePath], [t].[Reading], [t].[SamplingRate], [t].[Segments], [t].[SpeakingRate], [t].[StartedAt], [t].[Status], [t].[SubmittedAt], [t].[SynthesisSeconds], [t].[Text], [t].[TextHash], [t].[TraceParent], [t].[Tries], [t].[Voice], [t].[VoiceRegion]
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


-- CountFailedAsync

SELECT COUNT(*)
FROM [TtsTasks] AS [t]
WHERE [t].[FailedAt] < @before
