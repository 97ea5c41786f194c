using LoopLynx.Fuzz.Designs;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Fuzz.Engines;

/// <summary>Runs compiled engines beside the interpreted one on random inputs and compares every output, register and memory row after every settle and edge.</summary>
public static class CompiledCheck
{
    // Edges of one clock alone come after the cycles that every engine sees.
    private const int SingleEdges = 12;

    // In one cycle of so many all inputs hold, so that parts of a design come to rest.
    private const int HeldInputs = 3;

    /// <summary>The trace of the interpreted engine and the first mismatch of each compiled one.</summary>
    /// <param name="design">The design.</param>
    /// <param name="sets">Options of the compiled engines.</param>
    /// <param name="cycles">Cycles to run.</param>
    /// <param name="seed">Seed of the inputs.</param>
    /// <param name="cancel">Ends the compilation.</param>
    public static (Trace Trace, IReadOnlyList<Mismatch> Mismatches) Run(
        Design design, IReadOnlyList<(string Name, CompiledOptions Options)> sets, int cycles, int seed, CancellationToken cancel)
    {
        using var reference = new InterpretedEngine(design);
        var mismatches = new List<Mismatch>();
        var engines = new List<(string Name, IStateEngine Engine)>();
        try
        {
            foreach (var (name, options) in sets)
            {
                Guard($"compiled, {name}", mismatches, () => engines.Add(($"compiled, {name}", new CompiledEngine(design, options, cancel))));
            }

            return (Run(reference, engines, cycles, seed, mismatches), mismatches);
        }
        finally
        {
            engines.ForEach(e => e.Engine.Dispose());
        }
    }

    private static Trace Run(InterpretedEngine reference, List<(string Name, IStateEngine Engine)> engines, int cycles, int seed, List<Mismatch> mismatches)
    {
        var design = reference.Design;
        var random = new Random(seed);
        var trace = new Trace(design, new byte[cycles][][], new byte[cycles][][]);
        var alive = engines.ToList();
        void Each(Action<IStateEngine> action, int cycle, string when)
        {
            action(reference);
            foreach (var (name, engine) in alive.ToArray())
            {
                var before = mismatches.Count;
                Guard(name, mismatches, () => action(engine));
                if (mismatches.Count == before && Compare(name, reference, engine, cycle, when) is { } mismatch)
                {
                    mismatches.Add(mismatch);
                }

                if (mismatches.Count > before)
                {
                    alive.Remove((name, engine));
                }
            }
        }

        Each(_ => { }, 0, "power-up");
        for (var cycle = 0; cycle < cycles + SingleEdges; cycle++)
        {
            var at = cycle;
            if (cycle == 0 || random.Next(HeldInputs) != 0)
            {
                RandomTypes.PokeAll(random, reference);
            }

            var inputs = trace.InputPorts.Select(port => reference.Input(port).ToArray()).ToArray();
            Each(engine => Prepare(engine, trace.InputPorts, inputs, at), cycle, "settled");
            if (cycle < cycles)
            {
                trace.Inputs[cycle] = inputs;
                trace.Outputs[cycle] = [.. trace.OutputPorts.Select(port => reference.Output(port).ToArray())];
                Each(engine => engine.Tick(), cycle, "after the edge");
            }
            else if (design.Top.Domains.Length > 1)
            {
                var domain = design.Top.Domains[random.Next(design.Top.Domains.Length)];
                Each(engine => engine.Tick(domain), cycle, $"after the edge of {domain.Clock}");
            }
            else
            {
                break;
            }
        }

        return trace;
    }

    private static void Prepare(IStateEngine engine, PortInfo[] ports, byte[][] inputs, int cycle)
    {
        foreach (var (port, value) in ports.Zip(inputs))
        {
            value.CopyTo(engine.Input(port));
        }

        foreach (var domain in engine.Design.Top.Domains)
        {
            engine.Reset(domain, Trace.Reset(domain, cycle));
        }

        engine.Settle();
    }

    private static void Guard(string name, List<Mismatch> mismatches, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is SimulationException or InvalidOperationException or ArgumentException or IndexOutOfRangeException or KeyNotFoundException or NullReferenceException)
        {
            // Whatever an engine can't do with a legal design is a finding, not the end of the run.
            mismatches.Add(Mismatch.Failed(name, e));
        }
    }

    private static Mismatch? Compare(string name, InterpretedEngine reference, IStateEngine engine, int cycle, string when)
    {
        // Both flatten the same design, so the layouts are equal and the blocks comparable byte by byte.
        var at = reference.State.CommonPrefixLength(engine.State);
        if (at == reference.State.Length)
        {
            return null;
        }

        var (what, offset, bytes) = Find(reference.Layout, at);
        return new Mismatch(name, cycle, $"{what}, {when}", Hex(reference.State.Slice(offset, bytes)), Hex(engine.State.Slice(offset, bytes)));
    }

    private static string Hex(ReadOnlySpan<byte> block) => Convert.ToHexStringLower([.. block.ToArray().Reverse()]);

    private static (string What, int Offset, int Bytes) Find(StateLayout layout, int at)
    {
        foreach (var node in layout.Flat.Nodes.Where(layout.Has))
        {
            var (offset, bytes) = (layout.Offset(node), LaneStorage.Bytes(node.Type));
            if (at >= offset && at < offset + bytes)
            {
                return ($"'{node.Name ?? $"%{node.Id}"}' ({node.Type})", offset, bytes);
            }
        }

        if (layout.Flat.Memories.LastOrDefault(m => layout.Offset(m) <= at) is not { } memory)
        {
            return ($"byte {at} of the state", at, 1);
        }

        var size = StateLayout.RowBytes(memory);
        var row = (at - layout.Offset(memory)) / size;
        return ($"row {row} of '{memory.Name}' ({memory.RowType})", layout.Offset(memory) + (row * size), size);
    }
}
