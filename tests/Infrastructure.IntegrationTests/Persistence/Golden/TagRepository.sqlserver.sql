-- AddAsync

SAVE TRANSACTION [__EFSavePoint];

SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [Tags] ([CreatedAt], [Key], [Name])
OUTPUT INSERTED.[Id]
VALUES (@p0, @p1, @p2);


-- ListAsync

SELECT [t].[Id], [t].[CreatedAt], [t].[Key], [t].[Name]
FROM [Tags] AS [t]
ORDER BY [t].[Key]
OFFSET @p ROWS FETCH NEXT @p ROWS ONLY

SELECT COUNT(*)
FROM [Tags] AS [t]


-- DeleteAsync

DELETE FROM [t]
FROM [Tags] AS [t]
WHERE [t].[Id] = @id
