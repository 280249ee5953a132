using Dictation.Domain.Tts;

namespace Dictation.Domain.UnitTests.Tts;

public sealed class TtsTaskTests
{
    private const int MaxTries = 3;
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);
    private static readonly ClaimTerms Terms = new(Lease, MaxTries, TimeSpan.FromMinutes(1));
    private static readonly SpokenAudio Spoken = new(16000, 1.5, 1, "cpu", 0.1);
    private static readonly StoredAudio Stored = new("ab/x.wav", 48044, "hash");

    private readonly Guid mine = Guid.NewGuid();
    private readonly Guid other = Guid.NewGuid();

    [Test]
    public void Submit_New_IsQueuedAndDue()
    {
        var task = New();
        Assert.Multiple(() =>
        {
            Assert.That(task.Status, Is.EqualTo(TtsTaskStatus.Queued));
            Assert.That(task.SubmittedAt, Is.EqualTo(Start));
            Assert.That(task.DueAt, Is.EqualTo(Start));
            Assert.That(task.AudioKey, Is.EqualTo("ef/0123456789abcdef0123456789abcdef.wav"));
        });
    }

    [Test]
    public void Life_FromQueuedToDone_KeepsTimesInOrderThoughTheClockStepsBack()
    {
        var task = New();
        task.Claim(mine, Start, Terms);
        Assert.Multiple(() =>
        {
            Assert.That(task.Start(mine, Start.AddHours(-1)), Is.True);
            Assert.That(task.Complete(mine, Spoken, Start.AddHours(-2)), Is.True);
            Assert.That(task.Finish(mine, Stored), Is.True);
            Assert.That(task.Status, Is.EqualTo(TtsTaskStatus.Done));
            Assert.That(task.SubmittedAt, Is.LessThanOrEqualTo(task.StartedAt!.Value));
            Assert.That(task.StartedAt, Is.LessThanOrEqualTo(task.CompletedAt!.Value));
            Assert.That(task.DueAt, Is.Null);
            Assert.That((task.OutputFilePath, task.FileSize, task.Duration), Is.EqualTo((Stored.Key, Stored.FileSize, Spoken.Duration)));
        });
    }

    [Test]
    public void AnyEvent_OfALostClaim_ChangesNothing()
    {
        var task = New();
        task.Claim(mine, Start, Terms);
        task.Claim(other, Start + Lease, Terms);
        Assert.Multiple(() =>
        {
            Assert.That(task.Start(mine, Start), Is.False);
            Assert.That(task.Complete(mine, Spoken, Start), Is.False);
            Assert.That(task.Finish(mine, Stored), Is.False);
            Assert.That(task.Fail(mine, "no", Start), Is.False);
            Assert.That(task.Release(mine, Start), Is.False);
            Assert.That(task.Status, Is.EqualTo(TtsTaskStatus.Queued));
            Assert.That(task.ClaimId, Is.EqualTo(other));
        });
    }

    [Test]
    public void Finish_BeforeComplete_ChangesNothing()
    {
        var task = New();
        task.Claim(mine, Start, Terms);
        task.Start(mine, Start);
        Assert.That(task.Finish(mine, Stored), Is.False);
    }

    [Test]
    public void Complete_WithoutStart_MakesUpForIt()
    {
        var task = New();
        task.Claim(mine, Start, Terms);
        task.Complete(mine, Spoken, Start.AddSeconds(2));
        Assert.That((task.Status, task.StartedAt, task.Start(mine, Start)), Is.EqualTo((TtsTaskStatus.Completed, (DateTime?)Start.AddSeconds(2), false)));
    }

    [Test]
    public void Claim_WhileTheLeaseHolds_IsNotDue()
    {
        var task = New();
        task.Claim(mine, Start, Terms);
        Assert.That(task.Claim(other, Start + Lease - TimeSpan.FromTicks(1), Terms), Is.EqualTo(ClaimOutcome.NotDue));
    }

    [Test]
    public void Claim_BegunMaxTriesTimesAndNeverEnded_GivesUpWithAReason()
    {
        var task = New();
        var now = Start;
        for (var i = 0; i < MaxTries; i++)
        {
            var claim = Guid.NewGuid();
            Assert.That(task.Claim(claim, now, Terms), Is.EqualTo(ClaimOutcome.Claimed));
            task.Start(claim, now);
            now += Lease;
        }

        Assert.That(task.Claim(mine, now, Terms), Is.EqualTo(ClaimOutcome.GivenUp));
        Assert.That((task.Status, task.DueAt), Is.EqualTo((TtsTaskStatus.Failed, (DateTime?)null)));
        Assert.That(task.ErrorMessage, Does.Contain("3 times"));
    }

    [Test]
    public void Claim_NeverBegun_UsesUpNoTry()
    {
        var task = New();
        var now = Start;
        for (var i = 0; i < 10; i++, now += Lease)
        {
            Assert.That(task.Claim(Guid.NewGuid(), now, Terms), Is.EqualTo(ClaimOutcome.Claimed));
        }
    }

    [Test]
    public void Release_Repeated_UsesUpNoTry()
    {
        var task = New();
        for (var i = 0; i < 10; i++)
        {
            var claim = Guid.NewGuid();
            Assert.That(task.Claim(claim, Start, Terms), Is.EqualTo(ClaimOutcome.Claimed));
            task.Start(claim, Start);
            Assert.That(task.Release(claim, Start), Is.True);
        }
    }

    [Test]
    public void Fail_ThatMayPass_WaitsUntilItsTriesAreUsedUp()
    {
        var task = New();
        var now = Start;
        for (var i = 1; i <= MaxTries; i++)
        {
            var claim = Guid.NewGuid();
            Assert.That(task.Claim(claim, now, Terms), Is.EqualTo(ClaimOutcome.Claimed), $"try {i}");
            task.Start(claim, now);
            now += Lease;
            task.Fail(claim, "disk full", now, retryAt: now, MaxTries);
        }

        Assert.That((task.Status, task.ErrorMessage, task.FailedAt), Is.EqualTo((TtsTaskStatus.Failed, "disk full", (DateTime?)now)));
    }

    [Test]
    public void Claim_OfATaskThatAClockSetBackLeftInTheFuture_Succeeds_ButNotOfOneThatIsHeldOrWaits()
    {
        var (left, held, waits) = (New(), New(), New());
        held.Claim(mine, Start, Terms);
        waits.Claim(mine, Start, Terms);
        waits.Release(mine, Start.AddHours(-1) + Terms.Horizon);
        Assert.Multiple(() =>
        {
            Assert.That(left.Claim(mine, Start.AddHours(-1), Terms), Is.EqualTo(ClaimOutcome.Claimed));
            Assert.That(held.Claim(other, Start.AddHours(-1), Terms), Is.EqualTo(ClaimOutcome.NotDue), "its holder keeps the lease in step");
            Assert.That(waits.Claim(other, Start.AddHours(-1), Terms), Is.EqualTo(ClaimOutcome.NotDue), "so far ahead a task may wait");
        });
    }

    [Test]
    public void PutOff_UsesUpNoTry_UntilPatienceEnds()
    {
        var task = New();
        var now = Start;
        for (var i = 0; i < MaxTries * 3; i++)
        {
            Assert.That(task.Claim(mine, now, Terms), Is.EqualTo(ClaimOutcome.Claimed), $"try {i}");
            task.Start(mine, now);
            Assert.That(task.PutOff(mine, "disk full", now, now.AddMinutes(1), TimeSpan.FromHours(1)), Is.True);
            Assert.That((task.Status, task.DueAt, task.ClaimId, task.ErrorMessage), Is.EqualTo((TtsTaskStatus.Processing, (DateTime?)now.AddMinutes(1), (Guid?)null, (string?)null)));
            now = now.AddMinutes(1);
        }

        now = Start.AddHours(1);
        task.Claim(mine, now, Terms);
        task.PutOff(mine, "disk full", now, now.AddMinutes(1), TimeSpan.FromHours(1));
        Assert.That((task.Status, task.ErrorMessage), Is.EqualTo((TtsTaskStatus.Failed, "disk full")));
    }

    [Test]
    public void Retry_OfAFailedTask_ForgetsItsPast()
    {
        var task = New();
        task.Claim(mine, Start, Terms);
        task.Start(mine, Start);
        task.Fail(mine, "no", Start);
        Assert.That(task.Retry(Start.AddSeconds(1)), Is.True);
        Assert.That((task.Status, task.ErrorMessage, task.FailedAt, task.StartedAt, task.Tries, task.ClaimId), Is.EqualTo((TtsTaskStatus.Queued, (string?)null, (DateTime?)null, (DateTime?)null, 0, (Guid?)null)));
        Assert.That(task.Retry(Start), Is.False, "only a failed task can be retried");
    }

    private static TtsTask New() =>
        TtsTask.Submit("0123456789abcdef0123456789abcdef", new SpeechContent("Hei", "fi", "v", "h", 1), customFilename: null, Start);
}
