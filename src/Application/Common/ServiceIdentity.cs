namespace Dictation.Application;

/// <summary>What the service calls itself in health checks and metadata.</summary>
public sealed record ServiceIdentity(string Name, string Version);

/// <summary>What metadata says of the layers around the use cases.</summary>
/// <param name="Database">The database's kind, such as <c>sqlite</c>.</param>
/// <param name="MaxBodyBytes">The longest request body in bytes.</param>
public sealed record ServiceEnvironment(string Database, long MaxBodyBytes);
