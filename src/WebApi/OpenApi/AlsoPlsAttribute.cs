namespace Dictation.WebApi.OpenApi;

/// <summary>The operation also takes a document of the Pronunciation Lexicon Specification, or answers with one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AlsoPlsAttribute : Attribute
{
    /// <summary>Whether the answer may be one; else the body may.</summary>
    public bool Answer { get; set; }
}
