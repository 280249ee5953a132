using Dictation.Domain.Tts;

namespace Dictation.Application.Abstractions;

/// <summary>A text that was accepted.</summary>
/// <param name="Task">The task that speaks the text: a new one, or the live one with the same content.</param>
/// <param name="Deduplicated">Whether it existed already.</param>
public sealed record Submission(TtsTask Task, bool Deduplicated);

/// <summary>What a submission stores, in one transaction with the items that ask for it.</summary>
/// <param name="Submissions">One per content, in input order.</param>
/// <param name="Added">New tasks, each content once.</param>
/// <param name="Reused">Tasks that existed already. The plan is overtaken when one of them has gone since.</param>
/// <param name="Superseded">Conversion ids of done tasks that a new task replaces.</param>
/// <param name="QueueCapacity">How many unfinished tasks there may be afterwards.</param>
public sealed record SpeechPlan(
    IReadOnlyList<Submission> Submissions, IReadOnlyList<TtsTask> Added, IReadOnlyList<TtsTask> Reused, IReadOnlyList<string> Superseded, int QueueCapacity);

/// <summary>The result of storing a plan, and what asks for it, in one transaction.</summary>
public record StoredSpeech(AddOutcome Outcome);
