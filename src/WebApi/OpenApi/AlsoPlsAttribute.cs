namespace Dictation.WebApi.OpenApi;

/// <summary>The operation may also answer with a document of the Pronunciation Lexicon Specification.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AlsoPlsAttribute : Attribute;
