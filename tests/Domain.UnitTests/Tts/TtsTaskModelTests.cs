using Dictation.Domain.Tts;
using FsCheck;
using FsCheck.Fluent;

namespace Dictation.Domain.UnitTests.Tts;

/// <summary>
/// The state machine against a model: random commands, from right and wrong claims at random times, are given to the task and to a table of
/// transitions written down separately; both must agree after each.
/// </summary>
public sealed class TtsTaskModelTests
{
    private const int MaxTries = 3;
    private static readonly DateTime Epoch = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Horizon = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly ClaimTerms Terms = new(Lease, MaxTries, Horizon);
    private static readonly Guid[] Claims = [.. Enumerable.Range(1, 3).Select(i => new Guid(i, 0, 0, new byte[8]))];

    public enum Kind
    {
        Claim,
        Start,
        Complete,
        Finish,
        Fail,
        FailForNow,
        PutOff,
        Release,
        Retry,
        SpeakAgain,
    }

    public sealed record Command(Kind Kind, int Claim, int Seconds);

    [Test]
    public void AnySequence_OfCommands_AgreesWithTheModel()
    {
        var command =
            from kind in Gen.Elements(Enum.GetValues<Kind>())
            from claim in Gen.Choose(0, Claims.Length - 1)
            from seconds in Gen.Frequency((20, Gen.Choose(-3, 12)), (1, Gen.Elements(-3600, 3600)))
            select new Command(kind, claim, seconds);

        // A failing run prints its seed and the shrunk sequence.
        Prop.ForAll(command.ListOf().ToArbitrary(), commands => Run([.. commands])).Check(Seed.Config(3000).WithEndSize(60));
    }

    /// <summary>The generator must reach every status, or the property above proves little.</summary>
    [Test]
    public void Sequences_OfTheGeneratedKind_ReachEveryStatus()
    {
        var reached = new HashSet<TtsTaskStatus>();
        Kind[] life = [Kind.Claim, Kind.Start, Kind.Complete, Kind.Finish];
        for (var length = 0; length <= life.Length; length++)
        {
            var task = New();
            foreach (var kind in life.Take(length))
            {
                Apply(task, new Command(kind, 0, 0), Epoch);
            }

            reached.Add(task.Status);
            Apply(task, new Command(Kind.Fail, 0, 0), Epoch);
            reached.Add(task.Status);
        }

        Assert.That(reached, Is.EquivalentTo(Enum.GetValues<TtsTaskStatus>()));
    }

    private static void Run(Command[] commands)
    {
        var task = New();
        var model = new Model();
        var now = Epoch;
        foreach (var command in commands)
        {
            now = now.AddSeconds(command.Seconds);
            var before = task.Status;
            var changed = Apply(task, command, now);
            var expected = model.Apply(command, now);
            var state = (task.Status, task.ClaimId, task.DueAt, task.Tries);
            if (changed != expected || state != (model.Status, model.Claim, model.Due, model.Tries))
            {
                throw new InvalidOperationException($"After {command}: task {changed} {state}, model {expected} {(model.Status, model.Claim, model.Due, model.Tries)}");
            }

            CheckInvariants(task, before, command.Kind);
        }
    }

    private static void CheckInvariants(TtsTask task, TtsTaskStatus before, Kind kind)
    {
        var backwards = task.Status < before && kind is not (Kind.Retry or Kind.SpeakAgain);
        var ordered = !(task.StartedAt < task.SubmittedAt) && !(task.CompletedAt < task.StartedAt) && !(task.FailedAt < (task.CompletedAt ?? task.StartedAt ?? task.SubmittedAt));
        var complete = task.Status switch
        {
            TtsTaskStatus.Queued => task.StartedAt is null && task.ErrorMessage is null,
            TtsTaskStatus.Processing => task.StartedAt is not null && task.CompletedAt is null,
            TtsTaskStatus.Completed => task.CompletedAt is not null && task.Duration is not null && task.OutputFilePath is null,
            TtsTaskStatus.Done => task is { OutputFilePath: not null, FileSize: not null, AudioHash: not null, DueAt: null },
            _ => task is { ErrorMessage: not null, FailedAt: not null, DueAt: null },
        };
        if (backwards || !ordered || !complete || task.IsTerminal != (task.DueAt is null))
        {
            throw new InvalidOperationException($"An invariant is broken after {kind} on {before}: {task.Status}, backwards {backwards}, ordered {ordered}, complete {complete}");
        }
    }

    private static bool Apply(TtsTask task, Command command, DateTime now)
    {
        var claim = Claims[command.Claim];
        return command.Kind switch
        {
            Kind.Claim => task.Claim(claim, now, Terms) != ClaimOutcome.NotDue,
            Kind.Start => task.Start(claim, now),
            Kind.Complete => task.Complete(claim, new SpokenAudio(16000, 1, 1, "cpu", 0.1), now),
            Kind.Finish => task.Finish(claim, new StoredAudio("k", 1, "h")),
            Kind.Fail => task.Fail(claim, "no", now),
            Kind.FailForNow => task.Fail(claim, "no", now, now.AddSeconds(2), MaxTries),
            Kind.PutOff => task.PutOff(claim, "no", now, now.AddSeconds(2), Patience),
            Kind.Release => task.Release(claim, now),
            Kind.Retry => task.Retry(now),
            _ => task.SpeakAgain(now),
        };
    }

    private static TtsTask New() =>
        TtsTask.Submit("0123456789abcdef0123456789abcdef", new SpeechContent("Hei", "fi", "v", "h", 1), customFilename: null, Epoch);

    /// <summary>The transitions as a table, in as few words as they have.</summary>
    private sealed class Model
    {
        public TtsTaskStatus Status { get; private set; } = TtsTaskStatus.Queued;

        public Guid? Claim { get; private set; }

        public DateTime? Due { get; private set; } = Epoch;

        public int Tries { get; private set; }

        private DateTime? Begun { get; set; }

        public bool Apply(Command command, DateTime now)
        {
            var live = Status < TtsTaskStatus.Done;
            var holds = live && Claim == Claims[command.Claim];
            switch (command.Kind)
            {
                case Kind.Claim when live && (Due <= now || (Claim is null && Due - now > Horizon)):
                    Claim = Claims[command.Claim];
                    if (Status == TtsTaskStatus.Queued || Tries < MaxTries)
                    {
                        Tries += Status == TtsTaskStatus.Queued ? 0 : 1;
                        Due = now + Lease;
                    }
                    else
                    {
                        (Status, Due) = (TtsTaskStatus.Failed, null);
                    }

                    return true;
                case Kind.Start when holds && Status == TtsTaskStatus.Queued:
                    (Status, Tries, Begun) = (TtsTaskStatus.Processing, 1, now < Epoch ? Epoch : now);
                    return true;
                case Kind.Complete when holds && Status != TtsTaskStatus.Completed:
                    (Tries, Begun) = Status == TtsTaskStatus.Queued ? (1, now < Epoch ? Epoch : now) : (Tries, Begun);
                    Status = TtsTaskStatus.Completed;
                    return true;
                case Kind.Finish when holds && Status == TtsTaskStatus.Completed:
                    (Status, Due) = (TtsTaskStatus.Done, null);
                    return true;
                case Kind.FailForNow when holds && Tries < MaxTries:
                    (Claim, Due) = (null, now.AddSeconds(2));
                    return true;
                case Kind.PutOff when holds && now - Begun < Patience:
                    (Claim, Due, Tries) = (null, now.AddSeconds(2), Math.Max(0, Tries - 1));
                    return true;
                case Kind.Fail or Kind.FailForNow or Kind.PutOff when holds:
                    (Status, Due) = (TtsTaskStatus.Failed, null);
                    return true;
                case Kind.Release when holds:
                    (Claim, Due, Tries) = (null, now, Math.Max(0, Tries - 1));
                    return true;
                case Kind.Retry when Status == TtsTaskStatus.Failed:
                case Kind.SpeakAgain when Status == TtsTaskStatus.Done:
                    (Status, Claim, Tries, Begun, Due) = (TtsTaskStatus.Queued, null, 0, null, now < Epoch ? Epoch : now);
                    return true;
                default:
                    return false;
            }
        }
    }
}
