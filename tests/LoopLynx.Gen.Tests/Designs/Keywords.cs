using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Gen.Tests.Designs;

/// <summary>Everything is named like a word of Verilog, or like a temporary of the backend.</summary>
internal sealed class Keywords : Module
{
    public readonly Signal @reg = Input(UInt(8));
    public readonly Signal @begin = Input(UInt(8));
    public readonly Signal output = Output(UInt(9));
    public readonly Signal i = Output(UInt(16).Lanes(3));

    protected override void Build()
    {
        Instance(out var @case, new KeywordChild());
        @case.wire.Drive(@reg);
        Let(out var i_product, @begin * @case.logic);
        Let(out var @always, @reg + @begin);
        i.Drive((@reg * @begin).Broadcast(3).LaneMap([2, 1, 0]) ^ i_product);
        output.Drive(@always);
    }
}

/// <summary>The child's ports are renamed on both sides alike.</summary>
internal sealed class KeywordChild : Module
{
    public readonly Signal wire = Input(UInt(8));
    public readonly Signal logic = Output(UInt(8));

    protected override void Build()
    {
        Register(out var @initial, UInt(8), 3);
        @initial.Drive(wire);
        logic.Drive(@initial);
    }
}
