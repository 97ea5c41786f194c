using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>Lane operations: moving, joining, selecting and combining lanes.</summary>
public static class SignalLanes
{
    /// <summary>One lane as a scalar.</summary>
    public static Signal Lane(this Signal a, int lane) => a.LaneMap([lane]);

    /// <summary>Lanes <paramref name="start"/> to <paramref name="start"/> + <paramref name="count"/> - 1.</summary>
    public static Signal LaneSlice(this Signal a, int start, int count) => a.LaneMap(Enumerable.Range(start, count));

    /// <summary>Lane i of the result is lane map[i] of the operand.</summary>
    public static Signal LaneMap(this Signal a, IEnumerable<int> map) => Builder.Current.LaneMap(a, map);

    /// <summary>Lane i of the result is lane (i + <paramref name="by"/>) mod lanes.</summary>
    public static Signal RotateLanes(this Signal a, int by) =>
        a.LaneMap(Enumerable.Range(0, a.Lanes).Select(i => (((i + by) % a.Lanes) + a.Lanes) % a.Lanes));

    /// <summary>All lanes, <paramref name="times"/> times over: 0 1 0 1 0 1.</summary>
    public static Signal Tile(this Signal a, int times) => a.LaneMap(Enumerable.Range(0, a.Lanes * times).Select(i => i % a.Lanes));

    /// <summary>Each lane <paramref name="times"/> times: 0 0 0 1 1 1.</summary>
    public static Signal RepeatLanes(this Signal a, int times) => a.LaneMap(Enumerable.Range(0, a.Lanes * times).Select(i => i / times));

    /// <summary>A scalar in <paramref name="lanes"/> equal lanes.</summary>
    public static Signal Broadcast(this Signal a, int lanes) => a.RepeatLanes(lanes);

    /// <summary>Run number <paramref name="index"/> of <paramref name="count"/> lanes, by an unsigned signal.</summary>
    public static Signal SelectLanes(this Signal a, Signal index, int count) => Builder.Current.SelectLanes(a, index, count);

    /// <summary>Joins lanes of equal element types, the first operand's first.</summary>
    public static Signal JoinLanes(params IReadOnlyList<Signal> parts) => Builder.Current.JoinLanes(parts);

    /// <summary>Exact sum of each group of lanes (default: all lanes): a balanced tree in one cycle.</summary>
    public static Signal SumLanes(this Signal a, int group = 0) => Builder.Current.Reduce(ReduceOp.Add, a, group == 0 ? a.Lanes : group);

    /// <summary>Largest of each group of lanes.</summary>
    public static Signal MaxLanes(this Signal a, int group = 0) => Builder.Current.Reduce(ReduceOp.Max, a, group == 0 ? a.Lanes : group);

    /// <summary>Smallest of each group of lanes.</summary>
    public static Signal MinLanes(this Signal a, int group = 0) => Builder.Current.Reduce(ReduceOp.Min, a, group == 0 ? a.Lanes : group);

    /// <summary>Bitwise or of all lanes.</summary>
    public static Signal AnyLane(this Signal a) => Builder.Current.Reduce(ReduceOp.Or, a, a.Lanes);

    /// <summary>Bitwise and of all lanes.</summary>
    public static Signal AllLanes(this Signal a) => Builder.Current.Reduce(ReduceOp.And, a, a.Lanes);

    /// <summary>Bitwise exclusive or of all lanes.</summary>
    public static Signal XorLanes(this Signal a) => Builder.Current.Reduce(ReduceOp.Xor, a, a.Lanes);

    /// <summary>All bits as one unsigned scalar, lane 0 least significant.</summary>
    public static Signal AsBits(this Signal a) => a.AsLanes(new HdlType(a.Type.Bits, false));

    /// <summary>The same bits as lanes of another type; the number of bits is equal.</summary>
    public static Signal AsLanes(this Signal a, HdlType type) => Builder.Current.Reinterpret(a, type);

    /// <summary>
    /// Exact sum of each group of <paramref name="group"/> lanes with a register after every level of the tree.
    /// Latency: log2(group) cycles (free-running). <paramref name="group"/> is a power of two. Other trees: <see cref="PipelinedTree"/>.
    /// </summary>
    public static Signal SumPipelined(this Signal a, int group, string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        PipelinedTree.Sum(group).Reduce(a, LocalNames.Or(name, "", file, line), file, line);
}
