-- AddAsync: by a learner

UPDATE [i]
SET [i].[AttemptCount] = [i].[AttemptCount] + 1,
    [i].[Practiced] = @p,
    [i].[BestScore] = CASE
        WHEN [i].[BestScore] > @score THEN [i].[BestScore]
        ELSE @score
    END
FROM [Items] AS [i]
WHERE [i].[Id] = @attempt_ItemId

SELECT TOP(1) [i].[LastPracticedAt]
FROM [Items] AS [i]
WHERE [i].[Id] = @attempt_ItemId

SELECT MAX([a].[Score])
FROM [Attempts] AS [a]
WHERE [a].[ItemId] = @attempt_ItemId AND [a].[UserId] = @attempt_UserId

UPDATE [i]
SET [i].[FirstPracticedAt] = COALESCE([i].[FirstPracticedAt], @attempt_CreatedAt),
    [i].[LastPracticedAt] = @p
FROM [Items] AS [i]
WHERE [i].[Id] = @attempt_ItemId

UPDATE [p]
SET [p].[Attempts] = [p].[Attempts] + 1,
    [p].[ScoreSum] = [p].[ScoreSum] + @p,
    [p].[BestScore] = CASE
        WHEN [p].[BestScore] > @score THEN [p].[BestScore]
        ELSE @score
    END,
    [p].[WorstScore] = CASE
        WHEN [p].[WorstScore] < @score THEN [p].[WorstScore]
        ELSE @score
    END,
    [p].[WerSum] = [p].[WerSum] + @wer,
    [p].[Timed] = [p].[Timed] + @timed,
    [p].[DurationSum] = [p].[DurationSum] + @duration
FROM [PracticeTotals15Min] AS [p]
WHERE [p].[Quarter] = @attempt_Quarter

SAVE TRANSACTION [__EFSavePoint];

SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [Attempts] ([Alignment], [AudioUrl], [BestScoreBefore], [Cer], [CreatedAt], [Deletions], [DurationMs], [Feedback], [Insertions], [IsPersonalBest], [ItemId], [MissedWords], [PreviousAt], [Profile], [Quarter], [Replays], [Score], [ScorerVersion], [Substitutions], [Transcription], [UserId], [Wer], [WordsCorrect], [WordsRef])
OUTPUT INSERTED.[Id]
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22, @p23);


-- AddAsync: by nobody named

UPDATE [i]
SET [i].[AttemptCount] = [i].[AttemptCount] + 1,
    [i].[Practiced] = @p,
    [i].[BestScore] = CASE
        WHEN [i].[BestScore] > @score THEN [i].[BestScore]
        ELSE @score
    END
FROM [Items] AS [i]
WHERE [i].[Id] = @attempt_ItemId

SELECT TOP(1) [i].[LastPracticedAt]
FROM [Items] AS [i]
WHERE [i].[Id] = @attempt_ItemId

SELECT MAX([a].[Score])
FROM [Attempts] AS [a]
WHERE [a].[ItemId] = @attempt_ItemId AND [a].[UserId] IS NULL

UPDATE [i]
SET [i].[FirstPracticedAt] = COALESCE([i].[FirstPracticedAt], @attempt_CreatedAt),
    [i].[LastPracticedAt] = @p
FROM [Items] AS [i]
WHERE [i].[Id] = @attempt_ItemId

UPDATE [p]
SET [p].[Attempts] = [p].[Attempts] + 1,
    [p].[ScoreSum] = [p].[ScoreSum] + @p,
    [p].[BestScore] = CASE
        WHEN [p].[BestScore] > @score THEN [p].[BestScore]
        ELSE @score
    END,
    [p].[WorstScore] = CASE
        WHEN [p].[WorstScore] < @score THEN [p].[WorstScore]
        ELSE @score
    END,
    [p].[WerSum] = [p].[WerSum] + @wer,
    [p].[Timed] = [p].[Timed] + @timed,
    [p].[DurationSum] = [p].[DurationSum] + @duration
FROM [PracticeTotals15Min] AS [p]
WHERE [p].[Quarter] = @attempt_Quarter

SAVE TRANSACTION [__EFSavePoint];

SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [Attempts] ([Alignment], [AudioUrl], [BestScoreBefore], [Cer], [CreatedAt], [Deletions], [DurationMs], [Feedback], [Insertions], [IsPersonalBest], [ItemId], [MissedWords], [PreviousAt], [Profile], [Quarter], [Replays], [Score], [ScorerVersion], [Substitutions], [Transcription], [UserId], [Wer], [WordsCorrect], [WordsRef])
OUTPUT INSERTED.[Id]
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22, @p23);


-- FindAsync

SELECT TOP(1) [a].[Id], [a].[Alignment], [a].[AudioUrl], [a].[BestScoreBefore], [a].[Cer], [a].[CreatedAt], [a].[Deletions], [a].[DurationMs], [a].[Feedback], [a].[Insertions], [a].[IsPersonalBest], [a].[ItemId], [a].[MissedWords], [a].[PreviousAt], [a].[Profile], [a].[Quarter], [a].[Replays], [a].[Score], [a].[ScorerVersion], [a].[Substitutions], [a].[Transcription], [a].[UserId], [a].[Wer], [a].[WordsCorrect], [a].[WordsRef]
FROM [Attempts] AS [a]
WHERE [a].[Id] = @id


-- ListAsync: everything

SELECT [a].[Id], [a].[Alignment], [a].[AudioUrl], [a].[BestScoreBefore], [a].[Cer], [a].[CreatedAt], [a].[Deletions], [a].[DurationMs], [a].[Feedback], [a].[Insertions], [a].[IsPersonalBest], [a].[ItemId], [a].[MissedWords], [a].[PreviousAt], [a].[Profile], [a].[Quarter], [a].[Replays], [a].[Score], [a].[ScorerVersion], [a].[Substitutions], [a].[Transcription], [a].[UserId], [a].[Wer], [a].[WordsCorrect], [a].[WordsRef]
FROM [Attempts] AS [a]
ORDER BY [a].[CreatedAt] DESC, [a].[Id] DESC
OFFSET @p ROWS FETCH NEXT @p1 ROWS ONLY

SELECT COUNT(*)
FROM [Attempts] AS [a]


-- ListAsync: every filter

SELECT [a].[Id], [a].[Alignment], [a].[AudioUrl], [a].[BestScoreBefore], [a].[Cer], [a].[CreatedAt], [a].[Deletions], [a].[DurationMs], [a].[Feedback], [a].[Insertions], [a].[IsPersonalBest], [a].[ItemId], [a].[MissedWords], [a].[PreviousAt], [a].[Profile], [a].[Quarter], [a].[Replays], [a].[Score], [a].[ScorerVersion], [a].[Substitutions], [a].[Transcription], [a].[UserId], [a].[Wer], [a].[WordsCorrect], [a].[WordsRef]
FROM [Attempts] AS [a]
WHERE [a].[ItemId] = @itemId AND [a].[UserId] = @userId AND [a].[CreatedAt] >= @since AND [a].[CreatedAt] < @until
ORDER BY [a].[CreatedAt] DESC, [a].[Id] DESC
OFFSET @p ROWS FETCH NEXT @p ROWS ONLY

SELECT COUNT(*)
FROM [Attempts] AS [a]
WHERE [a].[ItemId] = @itemId AND [a].[UserId] = @userId AND [a].[CreatedAt] >= @since AND [a].[CreatedAt] < @until
