using System.Numerics;

namespace LoopLynx.Accelerator;

/// <summary>The range that a product's results are clipped to: that of the step's format, or, where queries, keys and values differ, of the row's.</summary>
internal sealed class ResultRange(NodeRooms node, IReadOnlyList<ProgramStep> steps)
{
    /// <summary>Smallest and largest value of the packet that a stream offers.</summary>
    public (Signal Low, Signal High) Of(Stream<RequantiseInput> packets)
    {
        var type = packets.Data.Low.Type;
        var plan = node.Configuration.Plan;
        var low = node.Stage.Choose(type, steps, s => plan[s.Result!.Kinds[0]].Min);
        var high = node.Stage.Choose(type, steps, s => plan[s.Result!.Kinds[0]].Max);
        var mixed = steps.Where(s => s.Result!.Kinds.Any(kind => Range(kind) != Range(s.Result.Kinds[0]))).ToList();
        if (mixed.Count == 0)
        {
            return (low, high);
        }

        var part = Part(packets, mixed[0]);
        var rows = node.Configuration.Model.HeadRows;
        Signal ByPart(Func<NumericFormat, BigInteger> bound) => Enumerable.Range(1, rows.Parts - 1).Aggregate(
            Const(type, bound(plan[rows.KindOfPart(0)])), (rest, p) => Mux(part == p, Const(type, bound(plan[rows.KindOfPart(p)])), rest));
        var isMixed = node.Stage.In(mixed[0]);
        return (Mux(isMixed, ByPart(f => f.Min), low), Mux(isMixed, ByPart(f => f.Max), high));
    }

    private (long Min, long Max) Range(ValueKind kind) => (node.Configuration.Plan[kind].Min, node.Configuration.Plan[kind].Max);

    /// <summary>Which vector of a head the packet belongs to, counted.</summary>
    private Signal Part(Stream<RequantiseInput> packets, ProgramStep step)
    {
        var rows = node.Configuration.Model.HeadRows;
        var perPart = rows.Width / node.Configuration.PacketLanes;
        Counter(out var part, rows.Parts);
        Register(out var packet, UInt(Sizes.AddressBits(perPart)), reset: 0);
        When(node.Stage.Begins(step), () =>
        {
            part.Clear();
            packet.Drive(0);
        }).ElseWhen(packets.Fire & packet != perPart - 1, () => packet.Drive(packet.WrapAdd(1))).ElseWhen(packets.Fire, () =>
        {
            packet.Drive(0);
            part.Step();
        });
        return part.Value;
    }
}
