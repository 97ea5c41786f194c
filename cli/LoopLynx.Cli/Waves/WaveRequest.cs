using LoopLynx.Accelerator;
using LoopLynx.Cli.Output;
using LoopLynx.Runtime;
using LoopLynx.Sim.Waves;

namespace LoopLynx.Cli.Waves;

/// <summary>The wave that a command is asked for.</summary>
/// <param name="Path">The file.</param>
/// <param name="From">Where it begins; null: at the first cycle.</param>
/// <param name="To">What it ends with; null: the run.</param>
/// <param name="Scope">Instances to show, with dots; null: all.</param>
/// <param name="Limit">Most bytes; the newest cycles stay.</param>
public sealed record WaveRequest(string Path, WavePoint? From, WavePoint? To, string? Scope, long Limit)
{
    /// <summary>Checks what can be known before any work: the file's format, that the engine shows nets, and that the file can be written.</summary>
    /// <param name="engine">The engine's name.</param>
    /// <exception cref="UsageException">One of these isn't so.</exception>
    public void CheckFile(string engine)
    {
        WaveWriter.Checked(Path);
        if (engine == "verilator")
        {
            throw new UsageException("--wave needs the compiled or the interpreted engine: the Verilated model keeps only its ports");
        }

        if (From?.Cycle > To?.Cycle)
        {
            throw new UsageException($"--wave-from {From!.Cycle} comes after --wave-to {To!.Cycle}");
        }

        ProveWritable();
    }

    /// <summary>Checks that the run comes to the window.</summary>
    /// <param name="layers">Layers of the model.</param>
    /// <param name="firstToken">Position of the first token of the run.</param>
    /// <param name="tokens">Tokens of the run.</param>
    /// <exception cref="UsageException">It doesn't.</exception>
    public void CheckWindow(int layers, int firstToken, int tokens)
    {
        foreach (var point in new[] { From, To })
        {
            if (point?.Layer >= layers)
            {
                throw new UsageException($"the wave's layer {point.Layer} isn't one of the model: use 0 to {layers - 1}");
            }

            if (point?.Token is { } token && (token < firstToken || token >= firstToken + tokens))
            {
                throw new UsageException($"the wave's token {token} isn't one of the run: use {firstToken} to {firstToken + tokens - 1}");
            }
        }
    }

    /// <summary>Cycles of the window, about: the closed-form model's, with an ideal memory.</summary>
    /// <param name="configuration">The machine.</param>
    /// <param name="firstToken">Position of the first token.</param>
    /// <param name="tokens">Tokens of the run.</param>
    public long EstimatedCycles(NodeConfiguration configuration, int firstToken, int tokens)
    {
        long Token(int position) => LatencyModel.Token(configuration, position).Cycles;
        var all = Enumerable.Range(firstToken, tokens).Sum(Token);
        if (From is null && To is null)
        {
            return all;
        }

        if (From?.Cycle is not null || To?.Cycle is not null)
        {
            return Math.Max(0, Math.Min(To?.Cycle ?? all, all) - (From?.Cycle ?? 0) + 1);
        }

        if (From is { Stage: { } stage } && From == To)
        {
            // A stage of no layer in particular is shown once, where it comes first.
            var step = LatencyModel.Token(configuration, From.Token ?? firstToken).Steps.FirstOrDefault(s => s.Step.Name == stage);
            return (step?.Cycles ?? 0) / (configuration.Program.EachLayer.Any(s => s.Name == stage) ? configuration.Layers : 1);
        }

        var (begin, end) = (From?.Token ?? firstToken, To?.Token ?? (To is null ? firstToken + tokens - 1 : From?.Token ?? firstToken));
        return Enumerable.Range(begin, Math.Max(0, end - begin + 1)).Sum(Token);
    }

    /// <summary>Whether a net is in the scope, by its name in the machine or by its whole name.</summary>
    public bool Includes(string net) => Scope is null || IsIn(net) || IsIn(SimulationTop.InMachine(net));

    private bool IsIn(string net) => net == Scope || net.StartsWith(Scope + ".", StringComparison.Ordinal);

    private void ProveWritable()
    {
        try
        {
            if (Directory.Exists(Path))
            {
                throw new UsageException($"can't write the wave file '{Path}': it is a folder");
            }

            // What a killed run left goes as well.
            var partial = Path + WaveWriter.PartialExtension;
            File.WriteAllText(partial, "");
            File.Delete(partial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"can't write the wave file '{Path}': {e.Message.ReplaceLineEndings(" ")}");
        }
    }
}
