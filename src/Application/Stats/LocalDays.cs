using Dictation.Application.Abstractions;
using Dictation.Domain.Attempts;

namespace Dictation.Application.Stats;

/// <summary>The days of a time zone, as UTC has them. Days and changes of the clock begin with a quarter of an hour, in every zone of today.</summary>
public sealed class LocalDays(TimeZoneInfo zone)
{
    private const int QuartersOfADay = 96;

    public DateOnly DateOf(DateTime utc) => DateOnly.FromDateTime(utc + zone.GetUtcOffset(utc));

    /// <summary>The first moment of a day, UTC: midnight, or what follows where the clock leaps over it.</summary>
    public DateTime StartOf(DateOnly day)
    {
        // No offset is more than 14 hours from UTC.
        var quarter = Attempt.QuarterOf(day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)) - QuartersOfADay;
        while (DateOf(Attempt.StartOf(quarter)) < day)
        {
            quarter++;
        }

        return Attempt.StartOf(quarter);
    }

    /// <summary>A span cut where the clock is changed.</summary>
    public IReadOnlyList<OffsetStretch> Stretches(DateTime from, DateTime to)
    {
        var stretches = new List<OffsetStretch>();
        var start = from;
        while (start < to)
        {
            var offset = zone.GetUtcOffset(start);
            var end = start;

            // By days, then by quarters through the day in which it changes.
            while (end < to && zone.GetUtcOffset(end.AddDays(1)) == offset)
            {
                end = end.AddDays(1);
            }

            end = Attempt.StartOf(Attempt.QuarterOf(end));
            while (end < to && zone.GetUtcOffset(end) == offset)
            {
                end += Attempt.QuarterHour;
            }

            end = end < to ? end : to;
            stretches.Add(new OffsetStretch(start, end, (int)offset.TotalMinutes));
            start = end;
        }

        return stretches;
    }
}
