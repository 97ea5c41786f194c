using System.Collections.Immutable;

namespace LoopLynx.Sim.Interpreted;

/// <summary>Lanes of the operand in the order of a map.</summary>
internal sealed unsafe class LaneMapOperation(Slot target, Slot a, ImmutableArray<int> map) : Operation
{
    private readonly int[] _map = [.. map];

    public override void Run(byte* state)
    {
        if (!target.IsNarrow)
        {
            // Wide lanes: a copy of several words each.
            for (var lane = 0; lane < _map.Length; lane++)
            {
                LaneCopy.Lanes(a, _map[lane], target, lane, 1);
            }

            return;
        }

        for (var lane = 0; lane < _map.Length; lane++)
        {
            target.Data[lane] = a.Data[_map[lane]];
        }
    }
}

/// <summary>Lanes of several operands, one after another.</summary>
internal sealed unsafe class LaneConcatOperation(Slot target, Slot[] parts) : Operation
{
    public override void Run(byte* state)
    {
        var lane = 0;
        foreach (var part in parts)
        {
            LaneCopy.Lanes(part, 0, target, lane, part.Type.Lanes);
            lane += part.Type.Lanes;
        }
    }
}

/// <summary>The operand in a type that holds all its values.</summary>
internal sealed unsafe class ExtendOperation(Slot target, Slot a) : Operation
{
    public override void Run(byte* state) => LaneCopy.Broadcast(a, target);
}
