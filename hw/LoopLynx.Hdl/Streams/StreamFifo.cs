using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>
/// A first-word-fall-through FIFO: the oldest beat is at the output whenever there is one. Full rate from depth 2 on (depth 1: every other cycle);
/// no combinational path from input to output.
/// </summary>
/// <param name="types">Payload types.</param>
/// <param name="depth">Beats that it holds, at least 1.</param>
/// <param name="style">
/// Distributed: LUTRAM, latency 1. Block or ultra: synchronous memory with its output register, latency 3, two beats more than <paramref name="depth"/>.
/// </param>
/// <param name="domain">Clock and reset; null: the default domain.</param>
/// <param name="looksAhead">It has <see cref="Coming"/>.</param>
/// <param name="lateValid">Valid comes from far, so it doesn't enable the writing of distributed memory. Rows of 128 bits and more never let it.</param>
public sealed class StreamFifo<T>(
    IReadOnlyList<HdlType> types, int depth, MemoryStyle style, ClockDomain? domain = null, bool looksAhead = false, bool lateValid = false) : Module
{
    /// <summary>A FIFO for payloads of a shape: the record with a type for each field.</summary>
    public StreamFifo(T shape, int depth, MemoryStyle style, ClockDomain? domain = null, bool looksAhead = false)
        : this(Payloads.TypesOf(shape), depth, style, domain, looksAhead)
    {
    }

    private const int WideBits = 128;

    /// <summary>Beats to store.</summary>
    public readonly StreamIn<T> Push = In<T>(types);

    /// <summary>Stored beats, oldest first.</summary>
    public readonly StreamOut<T> Pop = Out<T>(types);

    /// <summary>Beats in the memory (not counting the two registers behind a synchronous one).</summary>
    public readonly Signal Count = Output(UInt(Sizes.BitsFor(depth)));

    /// <summary>A beat stands behind the one at the output: there is one in the next cycle too if that one leaves. Null unless asked for.</summary>
    public readonly Signal? Coming = looksAhead ? Output(Bit) : null;

    /// <inheritdoc/>
    public override string Summary => $"first-word-fall-through FIFO of {depth} beats";

    /// <inheritdoc/>
    protected override void Build() => InDomain(domain ?? ClockDomain.Default, Describe);

    private void Describe()
    {
        var synchronous = StreamFifos.IsSynchronous(style);
        var bits = Push.Fields.Sum(f => f.Type.Bits);
        var isSplit = !synchronous && bits > WideRows.MostBits;
        var memories = isSplit ? [] : Push.Fields.Zip(Payload<T>.Names, (field, name) => Memory($"rows_{name}", field.Type, depth, style, [])).ToArray();
        Counter(out var head, depth);
        Counter(out var tail, depth);
        Credits(out var count, depth, initial: 0);
        Wire(out var take, Bit);
        Push.Ready.Drive(count.Count != depth);
        Count.Drive(count.Count);
        Builder.Current.NoteFifo("", depth, count.Count);

        When(Push.Fire, () => tail.Step());
        When(take, () => head.Step());
        count.Move(take, give: Push.Fire);

        // A wide row, or one whose valid is late, is written whether it is one or not, as long as its place is free: so valid doesn't drive the memory.
        var writesAnyway = lateValid || bits >= WideBits;
        var writes = !synchronous && writesAnyway ? Push.Ready : Push.Fire;
        foreach (var (memory, field) in memories.Zip(Push.Fields))
        {
            memory.Write(tail.Value, field, writes);
        }

        if (synchronous)
        {
            ThroughRegisters([.. memories], head.Value, count.Count, take);
            return;
        }

        take.Drive(Pop.Fire);
        Pop.Valid.Drive(count.Count != 0);
        Coming?.Drive(count.Count > 1);
        if (isSplit)
        {
            foreach (var (i, field) in Push.Fields.Index())
            {
                Pop.Fields[i].Drive(WideRows.Store($"rows_{Payload<T>.Names[i]}", field, depth, (tail, writes, Push.Fire), (head, take)));
            }
        }

        foreach (var (memory, field) in memories.Zip(Pop.Fields))
        {
            field.Drive(memory.Read(head.Value));
        }
    }

    /// <summary>The memory's own register and its output register, each filled again in the cycle in which its beat moves on.</summary>
    private void ThroughRegisters(Memory[] memories, Signal head, Signal count, Signal take)
    {
        // That there are beats in the memory is a register too: the consumer's ready passes one gate on its way to the read.
        Register(out var holds, Bit, reset: 0);
        holds.Drive(Push.Fire | count > 1 | (holds & !take));
        Register(out var read, Bit, reset: 0);
        Register(out var filled, Bit, reset: 0);
        Let(out var moves, !filled | Pop.Ready);
        take.Drive(holds & (!read | moves));
        When(!read | moves, () => read.Drive(holds));
        When(moves, () => filled.Drive(read));
        Pop.Valid.Drive(filled);
        Coming?.Drive(read);
        foreach (var (memory, field) in memories.Zip(Pop.Fields))
        {
            field.Drive(memory.ReadSync(head, take).Registered(moves, "out"));
        }
    }
}

/// <summary>FIFOs in a stream's path.</summary>
public static class StreamFifos
{
    /// <summary>Cycles from a beat that is pushed into an empty FIFO to the same beat at its output.</summary>
    /// <param name="style">Where the beats are stored.</param>
    public static int Latency(MemoryStyle style = MemoryStyle.Distributed) => IsSynchronous(style) ? 3 : 1;

    /// <summary>Whether the beats are read through a register.</summary>
    internal static bool IsSynchronous(MemoryStyle style) => style is MemoryStyle.Block or MemoryStyle.Ultra;

    /// <summary>Stores up to <paramref name="depth"/> beats, in the domain around it. See <see cref="StreamFifo{T}"/> for latency.</summary>
    public static Stream<T> Fifo<T>(this Stream<T> source, int depth, MemoryStyle style = MemoryStyle.Distributed, string name = "fifo", bool lateValid = false,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        name = LocalNames.Or(name, "fifo", file, line);
        var types = source.Fields.Select(f => f.Type).ToArray();
        var fifo = Instance(new StreamFifo<T>(types, depth, style, Builder.Current.Domain, lateValid: lateValid), name, file, line);
        fifo.Push.Drive(source, file, line);
        return new Stream<T>(fifo.Pop.Valid, fifo.Pop.Ready, Payload<T>.WithLiterals(source.Data, fifo.Pop.Data));
    }
}
