using System.Runtime.InteropServices;
using LoopLynx.Gen;
using LoopLynx.Verilator;

namespace LoopLynx.Cli.Output;

/// <summary>
/// Signals that ask the command to end: SIGINT, SIGTERM and SIGHUP. The command is cancelled, says one line, and its exit code is 128 and the signal's
/// number, whatever it was doing. What doesn't end by itself within <see cref="Patience"/> is ended.
/// </summary>
public sealed class Interruption : IDisposable
{
    private const int FirstSignalCode = 128, Hangup = 1, Interrupt = 2, Terminate = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.8);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _signal;
    private int _said;

    /// <summary>Listens from now on.</summary>
    public Interruption() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => On(context, Interrupt)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => On(context, Terminate)),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => On(context, Hangup)),
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The exit code of a command that a signal ended.</summary>
    public int ExitCode => FirstSignalCode + (Volatile.Read(ref _signal) is var signal and > 0 ? signal : Interrupt);

    /// <summary>Says that the command was cancelled, once.</summary>
    public void Say()
    {
        if (Interlocked.Exchange(ref _said, 1) == 0)
        {
            Console.Error.WriteLine("looplynx: cancelled");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(_registrations, registration => registration.Dispose());
        _source.Dispose();
    }

    private void On(PosixSignalContext context, int signal)
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref _signal, signal, 0) != 0)
        {
            // Whoever asks twice doesn't want to wait.
            End();
            return;
        }

        var watchdog = new Thread(() =>
        {
            Thread.Sleep(Patience);
            End();
        })
        { IsBackground = true };
        watchdog.Start();
        try
        {
            _source.Cancel();
        }
        catch (AggregateException)
        {
            // A callback that fails is of work that is given up anyway.
        }
    }

    private void End()
    {
        ExternalTool.EndAll();
        OutputSet.GiveUpAll();
        ScratchFolder.RemoveAll();
        if (!Console.IsErrorRedirected)
        {
            // A progress bar hides the cursor and stands on a line of its own.
            const string showCursorAndClearLine = "\e[?25h\r\e[K";
            Console.Error.Write(showCursorAndClearLine);
        }

        Say();
        Environment.Exit(ExitCode);
    }
}
