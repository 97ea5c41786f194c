using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>
/// A FIFO from one clock to another. Each side counts in binary and shows the other its pointer in Gray code, of which one bit changes at a time, so that a synchroniser gives the old or the new
/// pointer and never a third one. Rows are read by the other clock only after the pointer that says so has crossed.
/// </summary>
/// <remarks>
/// Latency: one edge of <paramref name="from"/>, then <paramref name="stages"/> edges of <paramref name="to"/> (one more for a synchronous memory), at most one more. One beat a cycle of the slower clock where
/// <paramref name="depth"/> covers the round trip of the pointers, about 2 * (<paramref name="stages"/> + 1) cycles of each clock. No combinational path from one side to the other. Reset both domains together.
/// </remarks>
/// <param name="types">Payload types.</param>
/// <param name="depth">Beats that it holds: a power of two, at least 2.</param>
/// <param name="from">Clock of <see cref="Push"/>.</param>
/// <param name="to">Clock of <see cref="Pop"/>.</param>
/// <param name="style">Distributed or auto: read without a clock. Block or ultra: synchronous read, one edge and one beat more.</param>
/// <param name="stages">Registers of each synchroniser, at least 2.</param>
public sealed class AsyncFifo<T>(IReadOnlyList<HdlType> types, int depth, ClockDomain from, ClockDomain to, MemoryStyle style = MemoryStyle.Distributed, int stages = Synchronisers.MinStages) : Module
{
    private Signal _tail = null!;
    private Signal _tailGray = null!;
    private Signal _head = null!;
    private Signal _headGray = null!;

    /// <summary>Beats to store, of clock <c>from</c>.</summary>
    public readonly StreamIn<T> Push = In<T>(types);

    /// <summary>Stored beats, oldest first, of clock <c>to</c>.</summary>
    public readonly StreamOut<T> Pop = Out<T>(types);

    /// <inheritdoc/>
    public override string Summary => $"FIFO of {depth} beats from clock {from.Clock} to clock {to.Clock}";

    // One bit more than a row needs: equal pointers are an empty FIFO, pointers a whole depth apart a full one.
    private int PointerBits => Sizes.AddressBits(depth) + 1;

    private bool IsSynchronous => style is MemoryStyle.Block or MemoryStyle.Ultra;

    /// <inheritdoc/>
    protected override void Build()
    {
        var memories = Push.Fields.Zip(Payload<T>.Names, (field, name) => Memory($"rows_{name}", field.Type, depth, style, [])).ToArray();
        InDomain(from, () =>
        {
            Register(out _tail, UInt(PointerBits), reset: 0, "tail");
            Register(out _tailGray, UInt(PointerBits), reset: 0, "tail_gray");
        });
        InDomain(to, () =>
        {
            Register(out _head, UInt(PointerBits), reset: 0, "head");
            Register(out _headGray, UInt(PointerBits), reset: 0, "head_gray");
        });
        InDomain(from, () => Store(memories));
        InDomain(to, () => Read(memories));
    }

    private void Store(Memory[] memories)
    {
        var headGray = Synchronisers.Chain(_headGray, from, stages, reset: false, "head_sync", default);
        // A whole depth ahead: in Gray code the two highest bits differ, the others are equal.
        Push.Ready.Drive(_tailGray != (headGray ^ (3 << (PointerBits - 2))));
        foreach (var (memory, field) in memories.Zip(Push.Fields))
        {
            memory.Write(_tail.Truncate(PointerBits - 1), field, Push.Fire);
        }

        Advance(_tail, _tailGray, Push.Fire);
        Assert(_tail.WrapSub(Binary(headGray)) <= depth, "a FIFO never holds more than its depth");
    }

    private void Read(Memory[] memories)
    {
        var tailGray = Synchronisers.Chain(_tailGray, to, stages, reset: false, "tail_sync", default);
        Let(out var empty, _headGray == tailGray);
        Wire(out var take, Bit);
        foreach (var (memory, field) in memories.Zip(Pop.Fields))
        {
            field.Drive(memory.ReadHeld(_head.Truncate(PointerBits - 1), IsSynchronous, IsSynchronous ? take : null, default));
        }

        if (IsSynchronous)
        {
            Register(out var filled, Bit, reset: 0);
            take.Drive(!empty & (!filled | Pop.Ready));
            When(!filled | Pop.Ready, () => filled.Drive(!empty));
            Pop.Valid.Drive(filled);
        }
        else
        {
            take.Drive(Pop.Fire);
            Pop.Valid.Drive(!empty);
        }

        Advance(_head, _headGray, take);
        Assert(Binary(tailGray).WrapSub(_head) <= depth, "a FIFO gives no beat that wasn't stored");
    }

    private static void Advance(Signal pointer, Signal gray, Signal step)
    {
        var next = Mux(step, pointer.WrapAdd(1), pointer);
        var nextGray = next ^ (next >> 1);
        pointer.Drive(next);
        gray.Drive(nextGray);
        var changed = nextGray ^ gray;
        Assert((changed & changed.WrapSub(1)) == 0, "of a pointer that crosses, one bit changes at a time");
    }

    // Bit i is the exclusive or of the Gray code's bits from i on.
    private Signal Binary(Signal gray)
    {
        var binary = gray;
        for (var shift = 1; shift < PointerBits; shift *= 2)
        {
            binary ^= binary >> shift;
        }

        return binary;
    }
}
