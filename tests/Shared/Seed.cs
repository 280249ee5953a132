using System.Globalization;
using FsCheck;

namespace Dictation.Shared;

/// <summary>
/// Where a random test begins: at <c>DICTATION_SEED</c>, or at 0, so that a run can be repeated. <c>DICTATION_SEED=$RANDOM dotnet test</c> tries
/// others.
/// </summary>
internal static class Seed
{
    public static int Start { get; } = int.TryParse(Environment.GetEnvironmentVariable("DICTATION_SEED"), CultureInfo.InvariantCulture, out var value) ? value : 0;

    /// <summary>A source of random numbers. Its seed is printed when the test fails.</summary>
    /// <param name="offset">Tells apart the sources of one run.</param>
    public static Random Random(int offset = 0)
    {
        TestContext.Out.WriteLine($"DICTATION_SEED={Start}");
        return new Random(Start + offset);
    }

    /// <summary>How FsCheck looks for a counterexample: with that many inputs. A failure tells how to repeat it.</summary>
    public static Config Config(int inputs) => FsCheck.Config.QuickThrowOnFailure.WithMaxTest(inputs).WithReplay((ulong)Start, 1);
}
