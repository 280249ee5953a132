-- FindVersionAsync

SELECT TOP(1) [l].[Version]
FROM [Lexicons] AS [l]
WHERE [l].[Language] = @code


-- FindAsync

SELECT TOP(1) [l].[Language], [l].[Entries], [l].[UpdatedAt], [l].[Version]
FROM [Lexicons] AS [l]
WHERE [l].[Language] = @language


-- ReplaceAsync

UPDATE [l]
SET [l].[Version] = @p,
    [l].[Entries] = @p2,
    [l].[UpdatedAt] = @p3
FROM [Lexicons] AS [l]
WHERE [l].[Language] = @row_Language


-- DeleteAsync

DELETE FROM [l]
FROM [Lexicons] AS [l]
WHERE [l].[Language] = @language
