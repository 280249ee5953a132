using Dictation.Application.Abstractions;
using Dictation.Application.Attempts;

namespace Dictation.Application.Stats;

internal static class StatsRequests
{
    private static readonly DateTime End = new(9999, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Clamps bounds to where attempts can lie, so that arithmetic with quarters of an hour and days stays within the range of a date.</summary>
    public static AttemptFilter Filter(this IAttemptsRequest request, long? itemId = null) => new(itemId, request.UserId, Within(request.Since), Within(request.Until));

    private static DateTime? Within(DateTime? bound) => bound < DateTime.UnixEpoch ? DateTime.UnixEpoch : bound > End ? End : bound;
}
