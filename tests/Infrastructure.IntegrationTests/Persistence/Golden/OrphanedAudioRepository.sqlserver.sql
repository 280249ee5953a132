-- FindUnownedAsync: two ids

SELECT [t].[ConversionId]
FROM [TtsTasks] AS [t]
WHERE [t].[ConversionId] IN (@conversionIds1, @conversionIds2)

SELECT [i].[ConversionId]
FROM [Items] AS [i]
WHERE [i].[ConversionId] IN (@rest1, @rest2)


-- ListAsync

SELECT TOP(@p) [o].[ConversionId]
FROM [OrphanedAudio] AS [o]
WHERE [o].[ConversionId] > @after
ORDER BY [o].[ConversionId]


-- ForgetAsync

DELETE FROM [o]
FROM [OrphanedAudio] AS [o]
WHERE [o].[Since] < @before
