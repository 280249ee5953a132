namespace Dictation.WebApi.OpenApi;

/// <summary>
/// The statuses with which an action fails, besides those that follow from its inputs: a body (400, 408, 413,
/// 415), anything that is validated (422), keys (401, 403), limits (429, 503) and a bug (500).
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FailsAttribute(params int[] statuses) : Attribute
{
    public IReadOnlyList<int> Statuses { get; } = statuses;
}

/// <summary>An action that answers with audio.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProducesAudioAttribute : Attribute
{
    /// <summary>Whether in other formats than WAV too.</summary>
    public bool AnyFormat { get; init; }

    /// <summary>Whether it is sent while it is made, so that nobody can ask for a range.</summary>
    public bool Live { get; init; }
}

/// <summary>An action that answers with server-sent events.</summary>
/// <param name="data">The type of the data of each event, as JSON.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProducesEventsAttribute(Type data) : Attribute
{
    public Type Data { get; } = data;
}

/// <summary>A header that an action's answer carries.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class AnswersHeaderAttribute(string name, string description) : Attribute
{
    public const string NextPage = "The next page, as <address>; rel=\"next\"; none on the last.";

    public string Name { get; } = name;

    public string Description { get; } = description;
}
