using System.Numerics;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Tests.Documentation.Guide;

/// <summary>The sample of <c>delay</c> enabled cycles ago.</summary>
public sealed class DelayLine(int delay) : Module
{
    public readonly Signal Enable = Input(Bit);
    public readonly Signal Sample = Input(SInt(8));
    public readonly Signal Delayed = Output(SInt(8));

    protected override void Build()
    {
        Memory(out var samples, SInt(8), depth: delay);
        Register(out var place, UInt(samples.AddressBits), reset: 0);
        samples.Write(place, Sample, enable: Enable);
        When(Enable, () => place.Drive(Mux(place == delay - 1, 0, place.WrapAdd(1))));
        Delayed.Drive(samples.Read(place));
    }
}

/// <summary>Words whose bytes can be written one by one.</summary>
public sealed class WordMemory : Module
{
    public readonly Signal Address = Input(UInt(6));
    public readonly Signal Data = Input(UInt(32));
    public readonly Signal WriteBytes = Input(UInt(4));
    public readonly Signal Word = Output(UInt(32));

    protected override void Build()
    {
        Memory(out var rows, UInt(8) * 4, depth: 64, MemoryStyle.Block);
        rows.Write(Address, Data.AsLanes(UInt(8) * 4), mask: WriteBytes.AsLanes(Bit * 4));
        Word.Drive(rows.ReadSync(Address).AsBits());
    }
}

/// <summary>How often each value came.</summary>
public sealed class Histogram : Module
{
    public readonly Signal Enable = Input(Bit);
    public readonly Signal Value = Input(UInt(4));
    public readonly Signal Address = Input(UInt(4));
    public readonly Signal Count = Output(UInt(16));

    protected override void Build()
    {
        Memory(out var counts, UInt(16), depth: 16, MemoryStyle.Block);
        Wire(out var more, UInt(16));
        counts.Write(Value.Registered(), more, enable: Enable.RegisteredReset(0));
        more.Drive(counts.ReadSyncNew(Value).WrapAdd(1));
        Count.Drive(counts.ReadSync(Address));
    }
}

/// <summary>Integer square roots from a table.</summary>
public sealed class SquareRoot : Module
{
    public readonly Signal Number = Input(UInt(8));
    public readonly Signal Root = Output(UInt(4));

    protected override void Build()
    {
        Rom(out var roots, UInt(4), [.. Enumerable.Range(0, 256).Select(n => new BigInteger((int)Math.Sqrt(n)))]);
        Root.Drive(roots.Read(Number));
    }
}
