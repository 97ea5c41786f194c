using System.Diagnostics;
using LoopLynx.Accelerator;
using LoopLynx.Contract;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Host;
using LoopLynx.Sim;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Streams;

namespace LoopLynx.Runtime;

/// <summary>One full token at a position, every register simulated, with synthetic weights and a synthetic past, beside the golden model's.</summary>
public sealed class TokenRun
{
    private readonly ModelDescription _shape;
    private readonly QuantizedModel _model;
    private readonly int[] _embedding;
    private readonly KvCache _past;
    private readonly int[] _expected;

    /// <summary>Prepares the model and computes the hidden state that every machine must arrive at.</summary>
    /// <param name="shape">Shape of the model.</param>
    /// <param name="position">The token's position, from 0.</param>
    /// <param name="cancel">Ends the preparation, which takes seconds for a large model.</param>
    /// <exception cref="RequestException">The position is outside the context.</exception>
    public TokenRun(ModelDescription shape, int position, CancellationToken cancel = default)
    {
        CheckPosition(shape, position);
        (_shape, Position, _model) = (shape, position, SyntheticModel.Create(shape, cancel: cancel));
        var golden = new GoldenModel(_model);
        golden.Cache.FillSynthetic(position, seed: 1);
        _past = golden.Cache;
        _embedding = _model.Embed(position % shape.Vocabulary.Logical, position);
        _expected = [.. golden.Step(_embedding, position, cancel: cancel)];
    }

    /// <summary>The token's position.</summary>
    public int Position { get; }

    /// <summary>Refuses a position outside the context.</summary>
    /// <exception cref="RequestException">It is.</exception>
    public static void CheckPosition(ModelDescription shape, int position)
    {
        if (position < 0 || position >= shape.Context)
        {
            throw new RequestException(parameter =>
                $"{parameter("position")} {position} is outside the context of {shape.Context}: use 0 to {shape.Context - 1}");
        }
    }

    /// <summary>Simulates the token on a machine.</summary>
    /// <param name="configuration">The machine.</param>
    /// <param name="engine">Makes the engine for its design; it is disposed of.</param>
    /// <param name="timing">When the memory answers.</param>
    /// <param name="fifos">Record the FIFOs' highest fills (compiled and interpreted engine).</param>
    /// <param name="seed">Seed of random stalls, if the timing has any.</param>
    /// <param name="cancel">Ends the simulation between cycles.</param>
    public TokenResult Run(
        NodeConfiguration configuration,
        Func<Design, IEngine> engine,
        ChannelTiming timing,
        bool fifos = false,
        int seed = 0,
        CancellationToken cancel = default)
    {
        var memory = Memory(configuration, cancel);
        var hidden = new int[_shape.Embed];
        var simulator = engine(Machine.ElaborateChecked(configuration));
        var monitor = fifos && simulator is IStateEngine state ? new FifoMonitor(state) : null;
        using var session = new NodeSession(simulator, configuration, memory, timing, seed) { Probe = monitor is null ? null : new FifoProbe(monitor) };
        var clock = Stopwatch.StartNew();
        var cycles = session.RunToken(_embedding, Position, hidden, cancel);
        var matches = hidden.AsSpan().SequenceEqual(_expected);
        return new TokenResult(configuration, Position, cycles, session.Stages, matches, Fills(monitor), clock.Elapsed.TotalSeconds)
        {
            Memory = timing,
            PeakGBps = session.PeakGBps,
        };
    }

    /// <summary>Simulates the token on the card's kernels, one for each node, as a host starts them.</summary>
    /// <param name="configuration">The machine.</param>
    /// <param name="engine">Makes the engine for a node's kernel; it is disposed of.</param>
    /// <param name="timing">When the memory answers, that of the host's buffers too.</param>
    /// <param name="cancel">Ends the simulation between cycles.</param>
    /// <returns>What the kernels have counted: cycles from the start of the node that began last, and of node 0's steps.</returns>
    public TokenResult RunKernels(NodeConfiguration configuration, Func<Design, IEngine> engine, ChannelTiming timing, CancellationToken cancel = default)
    {
        var memory = Memory(configuration, cancel);
        var hidden = new int[_shape.Embed];
        var design = Machine.ElaborateCheckedKernel(configuration);
        IEngine[] engines = [.. Enumerable.Range(0, configuration.Nodes).Select(_ => engine(design))];
        var session = new KernelSession(engines, configuration, memory, _ => timing);
        using var machine = new KernelMachine(session);
        var clock = Stopwatch.StartNew();
        machine.RunToken(_embedding, Position, hidden, cancel);
        var cycles = machine.Reports.Min(r => (long)r.TokenCycles);
        var matches = hidden.AsSpan().SequenceEqual(_expected);
        return new TokenResult(configuration, Position, cycles, machine.Reports[0].Stages(configuration), matches, [], clock.Elapsed.TotalSeconds)
        {
            Memory = timing,
            PeakGBps = session.PeakGBps,
            AsKernels = true,
        };
    }

    private byte[][] Memory(NodeConfiguration configuration, CancellationToken cancel)
    {
        var map = Machine.Map(configuration);
        var memory = Machine.BuildMemory(_model, map, cancel);
        Machine.WriteCache(memory, map, _past, Position, cancel);
        return memory;
    }

    // The names are the machine's, wherever it stands.
    private static IReadOnlyList<FifoFill> Fills(FifoMonitor? monitor) =>
        monitor is null ? [] : [.. monitor.Fills.Select(f => f with { Path = SimulationTop.InMachine(f.Path) })];
}
