using System.Collections.Immutable;
using System.Numerics;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Benchmarks.Designs;

/// <summary>
/// An array of int8 multiply-accumulators that is busy in every cycle: weights from a memory of 256 rows, activations that move one lane a cycle,
/// a product register, 32-bit accumulators, and a running checksum over all of them.
/// </summary>
/// <param name="lanes">Multiply-accumulators.</param>
public sealed class MacArray(int lanes) : Module
{
    private const int Rows = 256;

    /// <summary>Checksum of all accumulators in all cycles so far.</summary>
    public readonly Signal Checksum = Output(UInt(32));

    /// <inheritdoc/>
    public override string Summary => $"{lanes} int8 multiply-accumulators, always busy";

    /// <inheritdoc/>
    protected override void Build()
    {
        var random = new Random(1);
        var memory = Memory("weights", SInt(8).Lanes(lanes), Rows, MemoryStyle.Block,
            [.. Enumerable.Range(0, Rows).Select(_ => Enumerable.Range(0, lanes).Select(_ => new BigInteger(random.Next(-127, 128))).ToImmutableArray())]);
        Register(out var row, UInt(8), reset: 0);
        row.Drive(row.WrapAdd(1));
        Register(out var noise, UInt(16), reset: 1);
        noise.Drive(Cat(noise.Slice(0, 15), noise[15] ^ noise[13] ^ noise[12] ^ noise[10]));

        Register(out var activations, SInt(8).Lanes(lanes));
        activations.Drive(SignalLanes.JoinLanes(noise.Slice(0, 8).AsSigned(), activations.LaneSlice(0, lanes - 1)));
        var weights = memory.ReadSync(row, name: "weightRow");
        var products = (weights * activations).Registered(name: "products");
        Register(out var accumulators, SInt(32).Lanes(lanes));
        accumulators.Drive(accumulators.WrapAdd(products));
        Register(out var checksum, UInt(32), reset: 0);
        checksum.Drive(Cat(checksum.Slice(0, 31), checksum[31]) ^ accumulators.AsUnsigned().XorLanes());
        Checksum.Drive(checksum);
    }
}
