using System.Numerics;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Sim.Interpreted;

/// <summary>A multiplexer whose arms fit the result: moves words, of any width.</summary>
internal sealed unsafe class MuxOperation(Slot target, Slot select, Slot whenTrue, Slot whenFalse) : Operation
{
    public override void Run(byte* state)
    {
        if (select.Type.Lanes == 1)
        {
            LaneCopy.Broadcast(*select.Data != 0 ? whenTrue : whenFalse, target);
            return;
        }

        for (var lane = 0; lane < target.Type.Lanes; lane++)
        {
            var arm = select.Data[lane] != 0 ? whenTrue : whenFalse;
            LaneCopy.Lanes(arm, lane * arm.LaneStep, target, lane, 1);
        }
    }
}

/// <summary>A case whose arms fit the result and whose selector has at most 64 bits.</summary>
internal sealed unsafe class CaseOperation(Slot target, Slot selector, Slot otherwise, IReadOnlyList<BigInteger> keys, Slot[] arms) : Operation
{
    private readonly Dictionary<long, Slot> _arms = keys.Zip(arms).ToDictionary(arm => (long)(ulong)(arm.First & ulong.MaxValue), arm => arm.Second);

    public override void Run(byte* state) =>
        LaneCopy.Broadcast(_arms.TryGetValue(*selector.Data, out var arm) ? arm : otherwise, target);
}

/// <summary>A run of lanes at a computed place; past the end, the last run.</summary>
internal sealed unsafe class LaneSelectOperation(Slot target, Slot a, Slot index) : Operation
{
    public override void Run(byte* state)
    {
        var runs = a.Type.Lanes / target.Type.Lanes;
        LaneCopy.Lanes(a, Math.Min(index.ReadIndex(runs), runs - 1) * target.Type.Lanes, target, 0, target.Type.Lanes);
    }
}
