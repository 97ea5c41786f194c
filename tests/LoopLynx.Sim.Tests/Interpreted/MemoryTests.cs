using System.Collections.Immutable;
using System.Numerics;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Interpreted;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Sim.Tests.Interpreted;

/// <summary>Memories: addresses past the end, masks, collisions, enables, power-up rows.</summary>
public class MemoryTests
{
    private const int Depth = 5;

    private sealed class Ram : Module
    {
        public readonly Signal Address = Input(UInt(4));
        public readonly Signal Data = Input(SInt(12) * 2);
        public readonly Signal Enable = Input(Bit);
        public readonly Signal Mask = Input(Bit * 2);
        public readonly Signal Second = Input(Bit);
        public readonly Signal ReadEnable = Input(Bit);
        public readonly Signal Now = Output(SInt(12) * 2);
        public readonly Signal Later = Output(SInt(12) * 2);

        protected override void Build()
        {
            ImmutableArray<ImmutableArray<BigInteger>> rows = [[1, -1], [2, -2]];
            var ram = Hardware.Memory("ram", SInt(12) * 2, Depth, MemoryStyle.Auto, rows);
            ram.Write(Address, Data, Enable, Mask);
            ram.Write(Address, Const(SInt(12) * 2, 77, 78), Second);
            Now.Drive(ram.Read(Address));
            Later.Drive(ram.ReadSync(Address, ReadEnable));
        }
    }

    [Fact]
    public void Power_up_rows_are_there_and_the_others_are_zero()
    {
        using var engine = Start();
        Assert.Equal<BigInteger>([2, -2], Now(engine, 1));
        Assert.Equal<BigInteger>([0, 0], Now(engine, 2));
    }

    [Fact]
    public void A_read_past_the_end_gives_zero()
    {
        using var engine = Start();
        Assert.Equal<BigInteger>([0, 0], Now(engine, 15));
        Write(engine, 15, [5, 6]);
        Assert.Equal<BigInteger>([0, 0], engine.PeekLanes("Later"));
    }

    [Fact]
    public void A_write_past_the_end_is_ignored()
    {
        using var engine = Start();
        var before = engine.State.ToArray();
        Write(engine, Depth, [5, 6]);
        Assert.Equal(before.AsSpan(engine.Layout.StateEnd), engine.State[engine.Layout.StateEnd..]);
    }

    [Fact]
    public void Masked_lanes_keep_their_values()
    {
        using var engine = Start();
        engine.PokeLanes("Mask", [0, 1]);
        Write(engine, 0, [500, -500]);
        Assert.Equal<BigInteger>([1, -500], Now(engine, 0));
    }

    [Fact]
    public void A_synchronous_read_gives_the_row_before_the_same_edge_s_write()
    {
        using var engine = Start();
        Write(engine, 1, [9, 9]);
        Assert.Equal<BigInteger>([2, -2], engine.PeekLanes("Later"));
        engine.Tick();
        engine.Settle();
        Assert.Equal<BigInteger>([9, 9], engine.PeekLanes("Later"));
    }

    [Fact]
    public void A_synchronous_read_holds_while_it_is_not_enabled()
    {
        using var engine = Start();
        Now(engine, 1);
        engine.Tick();
        engine.Poke("ReadEnable", 0);
        Now(engine, 0);
        engine.Tick();
        engine.Settle();
        Assert.Equal<BigInteger>([2, -2], engine.PeekLanes("Later"));
    }

    [Fact]
    public void Of_two_writes_the_later_port_wins()
    {
        using var engine = Start();
        engine.Poke("Second", 1);
        Write(engine, 3, [9, 9]);
        Assert.Equal<BigInteger>([77, 78], Now(engine, 3));
    }

    [Fact]
    public void Reset_leaves_memories_alone()
    {
        using var engine = Start();
        engine.Reset(ClockDomain.Default, true);
        Write(engine, 3, [9, 9]);
        Assert.Equal<BigInteger>([9, 9], Now(engine, 3));
    }

    private static InterpretedEngine Start()
    {
        var engine = new InterpretedEngine(Elaborator.Elaborate(new Ram()));
        engine.Poke("Mask", 1);
        engine.Poke("ReadEnable", 1);
        return engine;
    }

    private static BigInteger[] Now(InterpretedEngine engine, int address)
    {
        engine.Poke("Address", address);
        engine.Settle();
        return engine.PeekLanes("Now");
    }

    private static void Write(InterpretedEngine engine, int address, BigInteger[] row)
    {
        engine.Poke("Address", address);
        engine.PokeLanes("Data", row);
        engine.Poke("Enable", 1);
        engine.Tick();
        engine.Poke("Enable", 0);
        engine.Settle();
    }
}
