using System.Numerics;
using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>
/// A balanced tree over groups of lanes with registers between its levels: sums, largest or smallest values. A group a cycle; latency <see cref="Latency"/> cycles.
/// </summary>
/// <param name="Operation">Add, Max or Min.</param>
/// <param name="Group">Lanes combined into one: a power of two that divides the number of lanes.</param>
public sealed record PipelinedTree(ReduceOp Operation, int Group)
{
    /// <summary>Levels of the tree between two registers; behind the last level there is always one.</summary>
    public int LevelsPerRegister { get; init; } = 1;

    /// <summary>Whether a group is lanes of equal place in <see cref="Group"/> runs, and not a run of neighbours.</summary>
    public bool Interleaved { get; init; }

    /// <summary>Bits that a sum needs at most, where its terms bound it; null: the exact width, a bit more with every level.</summary>
    public int? SumWidth { get; init; }

    /// <summary>
    /// Bits of a level's registers that one enable may drive; a wider level runs free. A net of many thousand clock enables takes longer to arrive than a sum
    /// takes.
    /// </summary>
    public int MostEnabled { get; init; } = int.MaxValue;

    /// <summary>
    /// Whether a reset ends what is under way, where values have enables; without, a value can come out in the cycles of the latency behind it.
    /// </summary>
    public bool Resets { get; init; } = true;

    /// <summary>Register levels.</summary>
    public int Latency => (Sizes.CeilLog2(Group) + LevelsPerRegister - 1) / LevelsPerRegister;

    /// <summary>A tree of exact sums.</summary>
    public static PipelinedTree Sum(int group) => new(ReduceOp.Add, group);

    /// <summary>A tree of largest values.</summary>
    public static PipelinedTree Max(int group) => new(ReduceOp.Max, group);

    /// <summary>A tree of smallest values.</summary>
    public static PipelinedTree Min(int group) => new(ReduceOp.Min, group);

    /// <summary>The free-running tree.</summary>
    /// <param name="lanes">What to combine.</param>
    /// <param name="name">Prefix of the registers: <c>sum4</c> has four terms left in each group. Without one they have no names.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    public Signal Reduce(Signal lanes, string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        name = LocalNames.Or(name, "", file, line);
        Walk(lanes, (value, left) => value.Registered(null, name.Length == 0 ? "" : $"{name}{left}", file, line), out var result);
        return result;
    }

    /// <summary>The tree with an enable for each level: registers change only where a value moves, as far as <see cref="MostEnabled"/> lets them.</summary>
    /// <param name="valid">The lanes hold a value.</param>
    /// <param name="lanes">What to combine.</param>
    /// <param name="beside">What travels along: a signal or a record of signals.</param>
    /// <param name="name">Prefix of the registers.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    public TreeOutput<T> Reduce<T>(Signal valid, Signal lanes, T beside, string name, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var (done, sum) = Enabled(valid, lanes, name, enable => beside = Payloads.Each(beside, s => s.Registered(enable, "", file, line)), file, line);
        return new TreeOutput<T>(done, sum, beside);
    }

    /// <summary>As <see cref="Reduce{T}"/>, with nothing that travels along.</summary>
    /// <param name="valid">The lanes hold a value.</param>
    /// <param name="lanes">What to combine.</param>
    /// <param name="name">Prefix of the registers.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    public (Signal Valid, Signal Value) Reduce(Signal valid, Signal lanes, string name, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Enabled(valid, lanes, name, _ => { }, file, line);

    private (Signal Valid, Signal Value) Enabled(Signal valid, Signal lanes, string name, Action<Signal?> besides, string file, int line)
    {
        Walk(lanes, (value, left) =>
        {
            var enable = value.Type.Bits <= MostEnabled ? valid : null;
            var next = value.Registered(enable, $"{name}{left}", file, line);
            besides(enable);
            valid = Resets ? valid.RegisteredReset(0, null, "", file, line) : valid.Registered(null, "", file, line);
            return next;
        }, out var result);
        return (valid, result);
    }

    private void Walk(Signal lanes, Func<Signal, int, Signal> register, out Signal result)
    {
        if (!BitOperations.IsPow2(Group) || lanes.Lanes % Group != 0)
        {
            throw Builder.Current.Fatal("HDL0110", $"{lanes.Lanes} lanes can't be combined in a pipelined tree in groups of {Group}", "the group is a power of two and divides the number of lanes");
        }

        var level = 0;
        for (var left = Group / 2; left >= 1; left /= 2)
        {
            lanes = Combine(lanes, left);
            level++;
            if (level % LevelsPerRegister == 0 || left == 1)
            {
                lanes = register(lanes, left);
            }
        }

        result = lanes;
    }

    /// <summary>One level: each value with the one that is <paramref name="left"/> places away in its group.</summary>
    private Signal Combine(Signal lanes, int left)
    {
        var distance = Interleaved ? lanes.Lanes / 2 : left;
        var low = Interleaved ? Enumerable.Range(0, distance) : Enumerable.Range(0, lanes.Lanes).Where(i => i % (2 * left) < left);
        var (a, b) = (lanes.LaneMap(low), lanes.LaneMap(low.Select(i => i + distance)));
        return Operation switch
        {
            ReduceOp.Add when SumWidth is { } width => (a + b).Resize(Math.Min(width, a.Width + 1)),
            ReduceOp.Add => a + b,
            ReduceOp.Max => Hardware.Mux(a > b, a, b),
            ReduceOp.Min => Hardware.Mux(a < b, a, b),
            _ => throw Builder.Current.Fatal("HDL0110", $"a pipelined tree can't compute {Operation}", "it adds, or finds the largest or smallest; the others need no registers between their levels"),
        };
    }
}
