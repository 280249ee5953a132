using System.Diagnostics;

namespace Dictation.CrashPoints;

/// <summary>
/// Where the process dies. <c>DICTATION_CRASH_AT</c> names a point, or several one after another that lead to it:
/// <c>IItemRepository.DeleteAsync:after IAudioStore.DeleteAsync:before</c>.
/// </summary>
internal static class CrashPoint
{
    private static readonly string[] Way = (Environment.GetEnvironmentVariable("DICTATION_CRASH_AT") ?? "").Split(' ');
    private static readonly Lock Gate = new();
    private static int passed;

    public static void Pass(string point)
    {
        lock (Gate)
        {
            if (passed < Way.Length && Way[passed] == point && ++passed == Way.Length)
            {
                Console.Out.WriteLine($"Crash point {point}");
                Console.Out.Flush();

                // SIGKILL: nothing is disposed of, nothing is written any more.
                Process.GetCurrentProcess().Kill();
            }
        }
    }
}
