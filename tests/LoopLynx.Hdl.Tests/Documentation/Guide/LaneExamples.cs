namespace LoopLynx.Hdl.Tests.Documentation.Guide;

/// <summary>A layer of a small neural network: four inputs, two outputs.</summary>
public sealed class Layer : Module
{
    public readonly Signal Inputs = Input(SInt(8) * 4);
    public readonly Signal Weights = Input(SInt(8) * 8);
    public readonly Signal Outputs = Output(SInt(8) * 2);

    protected override void Build()
    {
        Let(out var products, Inputs.Tile(2) * Weights);
        Let(out var sums, products.SumLanes(group: 4));
        Let(out var positive, Mux(sums > 0, sums, 0));
        Outputs.Drive(positive.RoundShift(7).Saturate(8));
    }
}

/// <summary>The rows of a 4 x 4 matrix as its columns.</summary>
public sealed class Transpose : Module
{
    public readonly Signal Rows = Input(UInt(8) * 16);
    public readonly Signal Columns = Output(UInt(8) * 16);

    protected override void Build() => Columns.Drive(Rows.LaneMap(Enumerable.Range(0, 16).Select(i => (i % 4 * 4) + (i / 4))));
}

/// <summary>One pixel of a line of eight, less the darkest one, and where the line is darkest.</summary>
public sealed class Pixels : Module
{
    public readonly Signal Line = Input(UInt(8) * 8);
    public readonly Signal Select = Input(UInt(3));
    public readonly Signal Chosen = Output(UInt(8));
    public readonly Signal Darkest = Output(UInt(8));

    protected override void Build()
    {
        Let(out var least, Line.MinLanes());
        Let(out var contrast, Line.WrapSub(least));
        Chosen.Drive(contrast.SelectLanes(Select, 1));
        Darkest.Drive((contrast == 0).AsBits());
    }
}
