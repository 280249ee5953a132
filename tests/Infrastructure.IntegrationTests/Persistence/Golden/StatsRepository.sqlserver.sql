-- SumAsync: everybody's, all time

SELECT TOP(2) [p0].[Key], COALESCE(SUM([p0].[Attempts]), 0), COALESCE(SUM([p0].[ScoreSum]), CAST(0 AS bigint)), MAX([p0].[BestScore]), MIN([p0].[WorstScore]), COALESCE(SUM([p0].[WerSum]), 0.0E0), COALESCE(SUM([p0].[Timed]), 0), COALESCE(SUM([p0].[DurationSum]), CAST(0 AS bigint))
FROM (
    SELECT [p].[Attempts], [p].[BestScore], [p].[DurationSum], [p].[ScoreSum], [p].[Timed], [p].[WerSum], [p].[WorstScore], 1 AS [Key]
    FROM [PracticeTotals15Min] AS [p]
    WHERE [p].[Quarter] >= @first AND [p].[Quarter] < @end
) AS [p0]
GROUP BY [p0].[Key]


-- SumAsync: everybody's, a span that cuts through quarters

SELECT TOP(2) [p0].[Key], COALESCE(SUM([p0].[Attempts]), 0), COALESCE(SUM([p0].[ScoreSum]), CAST(0 AS bigint)), MAX([p0].[BestScore]), MIN([p0].[WorstScore]), COALESCE(SUM([p0].[WerSum]), 0.0E0), COALESCE(SUM([p0].[Timed]), 0), COALESCE(SUM([p0].[DurationSum]), CAST(0 AS bigint))
FROM (
    SELECT [p].[Attempts], [p].[BestScore], [p].[DurationSum], [p].[ScoreSum], [p].[Timed], [p].[WerSum], [p].[WorstScore], 1 AS [Key]
    FROM [PracticeTotals15Min] AS [p]
    WHERE [p].[Quarter] >= @first AND [p].[Quarter] < @end
) AS [p0]
GROUP BY [p0].[Key]

SELECT TOP(2) [a0].[Key], COUNT(*), COALESCE(SUM(CAST([a0].[Score] AS bigint)), CAST(0 AS bigint)), MAX([a0].[Score]), MIN([a0].[Score]), COALESCE(SUM([a0].[Wer]), 0.0E0), COUNT(CASE
    WHEN [a0].[DurationMs] IS NOT NULL THEN 1
END), COALESCE(SUM(COALESCE([a0].[DurationMs], CAST(0 AS bigint))), CAST(0 AS bigint)), MIN([a0].[CreatedAt]), MAX([a0].[CreatedAt])
FROM (
    SELECT [a].[CreatedAt], [a].[DurationMs], [a].[Score], [a].[Wer], 1 AS [Key]
    FROM [Attempts] AS [a]
    WHERE [a].[CreatedAt] >= @since AND [a].[CreatedAt] < @until
) AS [a0]
GROUP BY [a0].[Key]

SELECT TOP(2) [a0].[Key], COUNT(*), COALESCE(SUM(CAST([a0].[Score] AS bigint)), CAST(0 AS bigint)), MAX([a0].[Score]), MIN([a0].[Score]), COALESCE(SUM([a0].[Wer]), 0.0E0), COUNT(CASE
    WHEN [a0].[DurationMs] IS NOT NULL THEN 1
END), COALESCE(SUM(COALESCE([a0].[DurationMs], CAST(0 AS bigint))), CAST(0 AS bigint)), MIN([a0].[CreatedAt]), MAX([a0].[CreatedAt])
FROM (
    SELECT [a].[CreatedAt], [a].[DurationMs], [a].[Score], [a].[Wer], 1 AS [Key]
    FROM [Attempts] AS [a]
    WHERE [a].[CreatedAt] >= @since AND [a].[CreatedAt] < @until
) AS [a0]
GROUP BY [a0].[Key]


-- SumAsync: every filter

SELECT TOP(2) [a0].[Key], COUNT(*), COALESCE(SUM(CAST([a0].[Score] AS bigint)), CAST(0 AS bigint)), MAX([a0].[Score]), MIN([a0].[Score]), COALESCE(SUM([a0].[Wer]), 0.0E0), COUNT(CASE
    WHEN [a0].[DurationMs] IS NOT NULL THEN 1
END), COALESCE(SUM(COALESCE([a0].[DurationMs], CAST(0 AS bigint))), CAST(0 AS bigint)), MIN([a0].[CreatedAt]), MAX([a0].[CreatedAt])
FROM (
    SELECT [a].[CreatedAt], [a].[DurationMs], [a].[Score], [a].[Wer], 1 AS [Key]
    FROM [Attempts] AS [a]
    WHERE [a].[ItemId] = @itemId AND [a].[UserId] = @userId AND [a].[CreatedAt] >= @since AND [a].[CreatedAt] < @until
) AS [a0]
GROUP BY [a0].[Key]


-- CountItemsAsync: everybody's, all time

SELECT COUNT(*)
FROM [Items] AS [i]
WHERE [i].[Practiced] = CAST(1 AS bit)


-- CountItemsAsync: everybody's, since

SELECT COUNT(*)
FROM [Items] AS [i]
WHERE [i].[LastPracticedAt] >= @since


-- CountItemsAsync: everybody's, until

SELECT COUNT(*)
FROM [Items] AS [i]
WHERE [i].[FirstPracticedAt] < @until


-- CountItemsAsync: everybody's, a span

SELECT COALESCE(SUM([p].[Attempts]), 0)
FROM [PracticeTotals15Min] AS [p]
WHERE [p].[Quarter] >= @begin AND [p].[Quarter] < @end

SELECT COALESCE(SUM([p].[Attempts]), 0)
FROM [PracticeTotals15Min] AS [p]
WHERE [p].[Quarter] >= @end

SELECT COUNT(*)
FROM [Attempts] AS [a]
WHERE ([a].[PreviousAt] IS NULL OR [a].[PreviousAt] < @since) AND [a].[CreatedAt] >= @since1 AND [a].[CreatedAt] < @until


-- CountItemsAsync: a learner's

SELECT COUNT(*)
FROM (
    SELECT DISTINCT [a].[ItemId]
    FROM [Attempts] AS [a]
    WHERE [a].[UserId] = @userId
) AS [a0]


-- ListItemsAsync: a learner's in a span

SELECT [a].[ItemId]
FROM [Attempts] AS [a]
WHERE [a].[UserId] = @userId AND [a].[CreatedAt] >= @since AND [a].[CreatedAt] < @until AND NOT EXISTS (
    SELECT 1
    FROM [Attempts] AS [a0]
    WHERE [a0].[UserId] = @userId3 AND [a0].[CreatedAt] < @until4 AND [a0].[ItemId] = [a].[ItemId] AND [a0].[CreatedAt] >= [a].[CreatedAt] AND [a0].[Id] > [a].[Id])
ORDER BY [a].[CreatedAt] DESC, [a].[Id] DESC
OFFSET @p ROWS FETCH NEXT @p ROWS ONLY


-- ListDaysAsync: everybody's

SELECT [p0].[Key], COALESCE(SUM([p0].[Attempts]), 0), COALESCE(SUM([p0].[ScoreSum]), CAST(0 AS bigint)), MAX([p0].[BestScore]), MIN([p0].[WorstScore]), COALESCE(SUM([p0].[WerSum]), 0.0E0), COALESCE(SUM([p0].[Timed]), 0), COALESCE(SUM([p0].[DurationSum]), CAST(0 AS bigint))
FROM (
    SELECT [p].[Attempts], [p].[BestScore], [p].[DurationSum], [p].[ScoreSum], [p].[Timed], [p].[WerSum], [p].[WorstScore], ([p].[Quarter] * 15 + @offset) / 1440 AS [Key]
    FROM [PracticeTotals15Min] AS [p]
    WHERE [p].[Quarter] >= @first AND [p].[Quarter] < @end
) AS [p0]
GROUP BY [p0].[Key]


-- ListDaysAsync: every filter

SELECT [a0].[Key], COUNT(*), COALESCE(SUM(CAST([a0].[Score] AS bigint)), CAST(0 AS bigint)), MAX([a0].[Score]), MIN([a0].[Score]), COALESCE(SUM([a0].[Wer]), 0.0E0), COUNT(CASE
    WHEN [a0].[DurationMs] IS NOT NULL THEN 1
END), COALESCE(SUM(COALESCE([a0].[DurationMs], CAST(0 AS bigint))), CAST(0 AS bigint)), MIN([a0].[CreatedAt]), MAX([a0].[CreatedAt])
FROM (
    SELECT [a].[CreatedAt], [a].[DurationMs], [a].[Score], [a].[Wer], ([a].[Quarter] * 15 + @offset) / 1440 AS [Key]
    FROM [Attempts] AS [a]
    WHERE [a].[ItemId] = @itemId AND [a].[UserId] = @userId AND [a].[CreatedAt] >= @since AND [a].[CreatedAt] < @until
) AS [a0]
GROUP BY [a0].[Key]


-- ListScoresAsync: every filter

SELECT TOP(@p) [a].[Score]
FROM [Attempts] AS [a]
WHERE [a].[ItemId] = @itemId AND [a].[UserId] = @userId AND [a].[CreatedAt] >= @since AND [a].[CreatedAt] < @until
ORDER BY [a].[CreatedAt] DESC, [a].[Id] DESC


-- ListMissedWordsAsync: every filter

SELECT TOP(@p5) [d].[Word], COUNT(*)
FROM [Attempts] AS [a]
INNER JOIN (
    SELECT a.Id AS AttemptId, w.Word COLLATE Latin1_General_100_BIN2 AS Word FROM Attempts a CROSS APPLY OPENJSON(a.MissedWords) WITH (Word nvarchar(max) '$') w WHERE a.ItemId = @p0
) AS [d] ON [a].[Id] = [d].[AttemptId]
WHERE [a].[ItemId] = @itemId AND [a].[UserId] = @userId AND [a].[CreatedAt] >= @since AND [a].[CreatedAt] < @until
GROUP BY [d].[Word]
ORDER BY COUNT(*) DESC, [d].[Word]
