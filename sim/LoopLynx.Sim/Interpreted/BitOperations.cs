namespace LoopLynx.Sim.Interpreted;

/// <summary>The same bits as other lanes: packs the operand, then unpacks it. Any width.</summary>
internal sealed unsafe class ReinterpretOperation(Slot target, Slot a) : Operation
{
    private readonly ulong[] _packed = new ulong[PackedBits.Words(a.Type.Bits)];

    public override void Run(byte* state)
    {
        Array.Clear(_packed);
        BitField.Pack(a, _packed, 0);
        BitField.Unpack(_packed, 0, target);
    }
}

/// <summary>Joins scalars, the first most significant. Any width.</summary>
internal sealed unsafe class ConcatOperation(Slot target, Slot[] parts) : Operation
{
    public override void Run(byte* state)
    {
        target.Span.Clear();
        var bit = 0;
        for (var i = parts.Length - 1; i >= 0; i--)
        {
            BitField.Pack(parts[i], target.Span, bit);
            bit += parts[i].Type.Width;
        }
    }
}

/// <summary>Bits of every lane of an operand wider than 64 bits: a slice, or a truncation.</summary>
internal sealed unsafe class WideSliceOperation(Slot target, Slot a, int low) : Operation
{
    public override void Run(byte* state)
    {
        for (var lane = 0; lane < target.Type.Lanes; lane++)
        {
            var from = new ReadOnlySpan<ulong>(a.Data + (lane * a.LaneStep * a.LaneWords), a.LaneWords);
            BitField.Unpack(from, low, target.Lane(lane));
        }
    }
}
