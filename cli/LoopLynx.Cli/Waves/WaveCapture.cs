using System.Globalization;
using LoopLynx.Accelerator;
using LoopLynx.Cli.Output;
using LoopLynx.Contract;
using LoopLynx.Runtime;
using LoopLynx.Sim;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Waves;

namespace LoopLynx.Cli.Waves;

/// <summary>A wave of a run: it tells its size beforehand, and at the end, however that comes, which cycles it holds.</summary>
/// <param name="request">What is asked for.</param>
/// <param name="program">What the machine does with a token.</param>
/// <param name="cycles">Cycles of the window, about.</param>
/// <param name="firstToken">Position of the first token of the run.</param>
/// <param name="console">Where a person is told.</param>
public sealed class WaveCapture(WaveRequest request, LayerProgram program, long cycles, int firstToken, CommandConsole console) : IDisposable
{
    // Bytes of the file for a cycle and a shown bit, measured on whole nodes (docs/command.md): an estimate for parts of them.
    private const double FstBytesPerBit = 0.043, VcdBytesPerBit = 0.30;

    private const double Megabyte = 1e6;

    private readonly WaveWindow _window = new(program, request.From, request.To, firstToken);
    private WaveWriter? _writer;
    private bool _closed;
    private bool _told;

    /// <summary>Bytes that the whole window would take, about.</summary>
    public long EstimatedBytes { get; private set; }

    /// <summary>The wave of a run; null where none is asked for.</summary>
    /// <param name="request">What is asked for, or null.</param>
    /// <param name="configuration">The machine.</param>
    /// <param name="firstToken">Position of the first token of the run.</param>
    /// <param name="tokens">Tokens of the run.</param>
    /// <param name="console">Where a person is told.</param>
    /// <exception cref="UsageException">The run doesn't come to the window.</exception>
    public static WaveCapture? Of(WaveRequest? request, NodeConfiguration configuration, int firstToken, int tokens, CommandConsole console)
    {
        request?.CheckWindow(configuration.Layers, firstToken, tokens);
        return request is null
            ? null
            : new WaveCapture(request, configuration.Program, request.EstimatedCycles(configuration, firstToken, tokens), firstToken, console);
    }

    /// <summary>The engine with the wave on it.</summary>
    /// <param name="engine">The engine; disposed of with the result.</param>
    /// <exception cref="UsageException">Nothing is in the scope, or the disk hasn't the room.</exception>
    public IEngine Attach(IEngine engine)
    {
        try
        {
            var state = engine as IStateEngine
                ?? throw new UsageException("--wave needs the compiled or the interpreted engine: the Verilated model keeps only its ports");
            CheckScope(state);
            _writer = WaveWriter.Create(state, request.Path, new WaveOptions { Include = request.Includes, SizeLimit = request.Limit });
            var estimate = Estimate(_writer.Bits);
            if (console.IsForPerson)
            {
                console.Error.WriteLine($"looplynx: {estimate}");
            }
        }
        catch (Exception e)
        {
            engine.Dispose();
            Abandon();
            throw e is IOException or UnauthorizedAccessException
                ? new UsageException($"can't write the wave file '{request.Path}': {e.Message.ReplaceLineEndings(" ")}")
                : e;
        }

        return new WaveEngine(engine, _writer) { Shows = Shows };
    }

    /// <summary>Closes the file and says what it holds.</summary>
    /// <exception cref="UsageException">The run never came to the window.</exception>
    public WaveSummary Close()
    {
        CloseFile();
        _told = true;
        if (Summary is { } summary)
        {
            return summary;
        }

        Abandon();
        throw new UsageException($"the run never came to the wave's window: '{request.Path}' isn't written");
    }

    /// <summary>Closes the file of a run that was cut short; what is in it stays, and a line says what that is.</summary>
    public void Dispose()
    {
        CloseFile();
        if (_told)
        {
            return;
        }

        _told = true;
        if (Summary is { } summary)
        {
            console.Error.WriteLine($"looplynx: {summary.Line}");
        }
        else
        {
            Abandon();
        }
    }

    private WaveSummary? Summary => _writer?.Held is { } held && File.Exists(request.Path)
        ? new WaveSummary(request.Path, held.First, held.Last, new FileInfo(request.Path).Length, EstimatedBytes, _writer.HasDropped)
        : null;

    private void CloseFile()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        try
        {
            _writer?.Dispose();
        }
        catch (IOException)
        {
            // The file ends with the last cycles that could be written, and the summary names them.
        }
    }

    private bool Shows(IEngine engine)
    {
        var shows = _window.Shows(engine);
        if (_window.IsOver)
        {
            CloseFile();
        }

        return shows;
    }

    private void CheckScope(IStateEngine engine)
    {
        using var nets = new NetEvaluator(engine.Layout);
        if (!nets.Nets.Keys.Any(request.Includes))
        {
            var scopes = nets.Nets.Keys.Select(SimulationTop.InMachine).Where(net => net.Contains('.'))
                .Select(net => net[..net.IndexOf('.')]).Distinct().Order(StringComparer.Ordinal);
            throw new UsageException($"--wave-scope {request.Scope} names no instance and no net; the outermost instances are {string.Join(", ", scopes)}");
        }
    }

    private string Estimate(long bits)
    {
        EstimatedBytes = (long)(cycles * bits * (WaveWriter.Checked(request.Path) == ".fst" ? FstBytesPerBit : VcdBytesPerBit));
        var needed = Math.Min(EstimatedBytes, request.Limit);
        var free = new DriveInfo(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(request.Path))!).AvailableFreeSpace;
        return needed <= free
            ? string.Create(CultureInfo.InvariantCulture, $"wave: about {cycles} cycles of {bits} bits, {EstimatedBytes / Megabyte:F0} MB")
                + (EstimatedBytes <= request.Limit
                    ? ""
                    : string.Create(CultureInfo.InvariantCulture, $"; the newest {request.Limit / Megabyte:F0} MB stay (--wave-limit)"))
            : throw new UsageException(string.Create(CultureInfo.InvariantCulture,
                $"the wave would take about {needed / Megabyte:F0} MB, and the disk of '{request.Path}' has {free / Megabyte:F0} MB free: "
                    + $"use --wave-from and --wave-to, --wave-scope or --wave-limit"));
    }

    // Only what this run has written goes; a file of an earlier one stays where it failed before that.
    private void Abandon()
    {
        CloseFile();
        _told = true;
        if (_writer is not null)
        {
            File.Delete(request.Path);
        }

        // A disk that is too small for the header has stopped the writer while it was made.
        File.Delete(request.Path + WaveWriter.PartialExtension);
    }
}
