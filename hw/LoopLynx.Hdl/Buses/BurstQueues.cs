using System.Numerics;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>
/// A checker's queues: one for each number, of values that were asked for and not yet answered. One push and one pop a cycle; <see cref="Front"/> is the oldest value.
/// </summary>
internal sealed class BurstQueues
{
    private readonly Memory? _values;
    private readonly Signal _heads;
    private readonly Signal _tails;
    private readonly Signal _counts;
    private readonly int _depthBits;

    /// <summary>Queues of <paramref name="depth"/> values, a power of two; without a type only their numbers are kept.</summary>
    public BurstQueues(ProtocolRules rules, string name, int queues, int depth, HdlType? type)
    {
        (_depthBits, Queues) = (Sizes.AddressBits(depth), queues);
        _values = type is { } row ? Memory($"{rules.Bus}_{name}_values", row, queues << _depthBits, MemoryStyle.Distributed, []) : null;
        Signal Lanes(string part, int bits)
        {
            Register(out var lanes, UInt(bits).Lanes(queues), reset: 0, $"{rules.Bus}_{name}_{part}");
            return lanes;
        }

        _counts = Lanes("counts", Sizes.BitsFor(depth));
        (_heads, _tails) = type is null ? (_counts, _counts) : (Lanes("heads", _depthBits), Lanes("tails", _depthBits));
    }

    /// <summary>Number of queues.</summary>
    public int Queues { get; }

    /// <summary>Some queue has a value.</summary>
    public Signal Any => (_counts != 0).AnyLane();

    /// <summary>Values in a queue.</summary>
    public Signal Count(Signal queue) => Pick(_counts, queue);

    /// <summary>The oldest value of a queue.</summary>
    public Signal Front(Signal queue) => _values!.Read(Address(queue, _heads));

    /// <summary>Stores a value at the end of <paramref name="into"/>, and takes the oldest of <paramref name="from"/> away.</summary>
    /// <param name="active">Without it nothing moves: a simulator looks at the rest only where it is 1.</param>
    /// <param name="push">A value comes.</param>
    /// <param name="into">Its queue.</param>
    /// <param name="value">The value.</param>
    /// <param name="pop">A value goes.</param>
    /// <param name="from">Its queue.</param>
    public void Move(Signal active, Signal push, Signal into, Signal value, Signal pop, Signal from)
    {
        var (comes, goes) = (Mask(into) & push, Mask(from) & pop);
        if (_values is not null)
        {
            _values.Write(Address(into, _tails), value, active & push);
            _tails.Drive(Mux(active, Mux(comes, _tails.WrapAdd(1), _tails), _tails));
            _heads.Drive(Mux(active, Mux(goes, _heads.WrapAdd(1), _heads), _heads));
        }

        _counts.Drive(Mux(active, Credits.After(_counts, take: goes, give: comes), _counts));
    }

    /// <summary>One lane a queue: 1 for the given one.</summary>
    public Signal Mask(Signal queue) => Const(UInt(Sizes.AddressBits(Queues)).Lanes(Queues), [.. Enumerable.Range(0, Queues).Select(i => (BigInteger)i)]) == queue;

    /// <summary>The lane of a queue.</summary>
    public static Signal Pick(Signal lanes, Signal queue) => lanes.Lanes == 1 ? lanes : lanes.SelectLanes(queue, 1);

    private Signal Address(Signal queue, Signal pointers) => Queues == 1 ? pointers : Cat(queue, Pick(pointers, queue));
}
