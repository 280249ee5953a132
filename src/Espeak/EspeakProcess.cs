using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Dictation.Espeak;

/// <summary>
/// The library libespeak-ng in a process of its own, where a text that crashes it takes nothing else along: it is started again, and asked once
/// more. Thread-safe; one request at a time, as the library has one state.
/// </summary>
/// <param name="program">Starts the process; null for the one beside this program.</param>
/// <param name="limit">How long one answer may take; null for a minute.</param>
public sealed class EspeakProcess(Func<ProcessStartInfo>? program = null, TimeSpan? limit = null) : IDisposable
{
    private const int Tries = 2;

    private readonly Lock _gate = new();
    private readonly TimeSpan _limit = limit ?? TimeSpan.FromMinutes(1);
    private Running? _running;

    /// <summary>Raised, with the length of the text in characters, each time the process ended while it read or spoke.</summary>
    public event Action<int>? Crashed;

    /// <summary>Whether the machine has the library.</summary>
    public static bool IsThere => EspeakLibrary.IsThere();

    /// <summary>What the library is; null where it is not there or does not start. It is looked for until it is found.</summary>
    /// <exception cref="EspeakException">The process cannot be started.</exception>
    public EspeakIdentity? Identity
    {
        get
        {
            lock (_gate)
            {
                return _running?.Identity ?? (program is null && !IsThere ? null : Start()?.Identity);
            }
        }
    }

    /// <summary>Whether the library has a voice.</summary>
    /// <param name="voice">A name or language of espeak-ng's, such as <c>fi</c>.</param>
    /// <exception cref="EspeakException">The library is not there, or crashed.</exception>
    public bool Has(string voice) => Ask(EspeakWire.Request.Find, voice, "", _ => true);

    /// <summary>The clauses of a text as the library reads them; null where it has no such voice.</summary>
    /// <param name="text">Well-formed, without control characters: those are commands, which outlast the text.</param>
    /// <inheritdoc cref="Has" path="/exception|/param"/>
    public IReadOnlyList<EspeakClause>? Read(string voice, string text) => Ask(EspeakWire.Request.Read, voice, text, answer => answer.ReadClauses());

    /// <summary>Speaks a text at the library's own pace: samples at its rate; null where it has no such voice.</summary>
    /// <inheritdoc cref="Has" path="/exception|/param"/>
    public short[]? Speak(string voice, string text) =>
        Ask(EspeakWire.Request.Speak, voice, text, answer => answer.ReadSamples() ?? throw new EspeakException($"espeak-ng failed to speak with the voice {voice}."));

    /// <summary>Starts the program that is installed beside this one.</summary>
    public static ProcessStartInfo ProgramBesideThis()
    {
        var name = typeof(EspeakProcess).Assembly.GetName().Name!;
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? name + ".exe" : name));

        // The runtime may be where only the program that started this one knows: the directory above shared/Microsoft.NETCore.App/10.0.0.
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        if (Directory.Exists(Path.Combine(root, "host", "fxr")))
        {
            start.Environment["DOTNET_ROOT"] = root;
        }

        return start;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Stop();
        }
    }

    private T? Ask<T>(EspeakWire.Request request, string voice, string text, Func<BinaryReader, T> read)
    {
        lock (_gate)
        {
            for (var attempt = 1; ; attempt++)
            {
                var running = _running ?? Start() ?? throw new EspeakException("The library libespeak-ng does not start. Install it again, with its data.");
                try
                {
                    return running.Ask(request, voice, text, _limit, read);
                }
                catch (IOException)
                {
                    Stop();
                    Crashed?.Invoke(text.Length);
                    if (attempt == Tries)
                    {
                        throw new EspeakException($"espeak-ng crashes on this text of {text.Length} characters, or never ends. Change the text, or choose a voice that needs no phonemes.");
                    }
                }
            }
        }
    }

    private Running? Start()
    {
        var running = Running.Start(program?.Invoke() ?? ProgramBesideThis(), _limit);
        if (running.Identity is null)
        {
            running.Dispose();
            return null;
        }

        return _running = running;
    }

    private void Stop()
    {
        _running?.Dispose();
        _running = null;
    }

    private sealed class Running : IDisposable
    {
        private readonly Process _process;
        private readonly BinaryWriter _requests;
        private readonly BinaryReader _answers;

        private Running(Process process)
        {
            _process = process;
            _requests = new BinaryWriter(new BufferedStream(process.StandardInput.BaseStream, 1 << 16));
            _answers = new BinaryReader(new BufferedStream(process.StandardOutput.BaseStream, 1 << 16));
        }

        public EspeakIdentity? Identity { get; private set; }

        public static Running Start(ProcessStartInfo program, TimeSpan limit)
        {
            program.RedirectStandardInput = program.RedirectStandardOutput = true;
            Running? running = null;
            try
            {
                running = new Running(Process.Start(program)!);
                running.Identity = running.Within(limit, running._answers.ReadIdentity);
                return running;
            }
            catch (Exception e) when (e is Win32Exception or IOException)
            {
                running?.Dispose();
                throw new EspeakException($"the program {Path.GetFileName(program.FileName)}, which it runs in, does not start: {e.Message.TrimEnd('.')}");
            }
        }

        /// <exception cref="IOException">The process ended, or took too long.</exception>
        public T? Ask<T>(EspeakWire.Request request, string voice, string text, TimeSpan limit, Func<BinaryReader, T> read) => Within(limit, () =>
        {
            _requests.Write((byte)request);
            _requests.Write(voice);
            _requests.Write(text);
            _requests.Flush();
            return _answers.ReadBoolean() ? read(_answers) : default;
        });

        public void Dispose()
        {
            Kill();
            _process.Dispose();
        }

        private T Within<T>(TimeSpan limit, Func<T> exchange)
        {
            using var timer = TimeProvider.System.CreateTimer(_ => Kill(), null, limit, Timeout.InfiniteTimeSpan);
            return exchange();
        }

        private void Kill()
        {
            try
            {
                _process.Kill();
            }
            catch (InvalidOperationException)
            {
                // It has ended.
            }
        }
    }
}
