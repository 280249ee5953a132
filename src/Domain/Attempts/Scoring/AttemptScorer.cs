namespace Dictation.Domain.Attempts.Scoring;

public static class AttemptScorer
{
    public const string Version = "1";

    public static AttemptScore Score(string reference, string transcription, string locale, ScoringProfile profile = ScoringProfile.Standard) =>
        throw new NotImplementedException();
}
