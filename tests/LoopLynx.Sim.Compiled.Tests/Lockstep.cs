using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Layout;
using LoopLynx.Sim.Tests.Support;

namespace LoopLynx.Sim.Compiled.Tests;

/// <summary>Runs the compiled engine beside the interpreted one on random inputs and compares every output, register and memory row after every edge.</summary>
public static class Lockstep
{
    /// <summary>Fails with the first value that differs.</summary>
    public static void Check(Design design, CompiledOptions options, int cycles, string what, int inputSeed = 0)
    {
        using var reference = new InterpretedEngine(design);
        using var compiled = new CompiledEngine(design, options);
        var random = new Random(inputSeed);
        Compare(reference, compiled, $"{what}, power-up");
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            var where = $"{what}, cycle {cycle}";
            RandomTypes.PokeAll(random, reference);
            foreach (var port in design.Top.Ports.Where(p => p.Direction == PortDirection.Input))
            {
                reference.Input(port).CopyTo(compiled.Input(port));
            }

            foreach (var domain in design.Top.Domains)
            {
                var reset = cycle is 0 or 7 || random.Next(10) == 0;
                reference.Reset(domain, reset);
                compiled.Reset(domain, reset);
            }

            reference.Settle();
            compiled.Settle();
            Compare(reference, compiled, $"{where}, settled");
            if (design.Top.Domains.Length > 1 && random.Next(2) == 0)
            {
                var domain = design.Top.Domains[random.Next(design.Top.Domains.Length)];
                reference.Tick(domain);
                compiled.Tick(domain);
                Compare(reference, compiled, $"{where}, tick of {domain.Clock}");
                continue;
            }

            reference.Tick();
            compiled.Tick();
            Compare(reference, compiled, where);
        }

        Assert.Equal(reference.Cycle, compiled.Cycle);
    }

    private static void Compare(InterpretedEngine reference, CompiledEngine compiled, string where)
    {
        // Both flatten the same design, so the layouts are equal and the blocks comparable byte by byte.
        var expected = reference.State;
        var actual = compiled.State;
        var at = expected.CommonPrefixLength(actual);
        if (at == expected.Length)
        {
            return;
        }

        Assert.Fail($"{where}: {Describe(reference.Layout, at)}: expected {Hex(expected, at)}, was {Hex(actual, at)}");
    }

    private static string Hex(Span<byte> block, int at) => Convert.ToHexString(block.Slice(at, Math.Min(16, block.Length - at)));

    private static string Describe(StateLayout layout, int at)
    {
        foreach (var node in layout.Flat.Nodes.Where(layout.Has))
        {
            var offset = layout.Offset(node);
            if (at >= offset && at < offset + LaneStorage.Bytes(node.Type))
            {
                return $"node {node.Id} '{node.Name}' {node.GetType().Name} {node.Type} byte {at - offset}";
            }
        }

        var memory = layout.Flat.Memories.LastOrDefault(m => layout.Offset(m) <= at);
        return memory is null ? $"byte {at}" : $"memory '{memory.Name}' {memory.RowType} byte {at - layout.Offset(memory)} of rows of {StateLayout.RowBytes(memory)}";
    }
}
