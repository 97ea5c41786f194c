using System.Numerics;
using LoopLynx.Hdl;

namespace LoopLynx.Sim.Interpreted;

/// <summary>
/// Where a value lies while a cycle is evaluated: 64-bit words, lane after lane. A lane of up to 64 bits takes one word, extended by its signedness,
/// so that every narrow operation is one loop over <c>long</c>; a wider lane takes as many words as it needs, as in <see cref="Layout.LaneStorage"/>.
/// </summary>
internal readonly unsafe struct Slot(long* data, HdlType type)
{
    public long* Data { get; } = data;

    public HdlType Type { get; } = type;

    /// <summary>Words of one lane.</summary>
    public int LaneWords => PackedBits.Words(Type.Width);

    /// <summary>Words of all lanes.</summary>
    public int Words => LaneWords * Type.Lanes;

    public bool IsNarrow => Type.Width <= 64;

    /// <summary>Lanes to advance per result lane: 0 broadcasts a single lane.</summary>
    public int LaneStep => Type.Lanes == 1 ? 0 : 1;

    public Span<ulong> Span => new(Data, Words);

    /// <summary>The place of one lane.</summary>
    public Slot Lane(int lane) => new(Data + (lane * LaneWords), Type.WithLanes(1));

    public BigInteger Read(int lane) =>
        new(new ReadOnlySpan<byte>(Data + (lane * LaneWords), LaneWords * sizeof(long)), isUnsigned: !Type.Signed);

    public BigInteger[] ReadAll()
    {
        var lanes = new BigInteger[Type.Lanes];
        for (var lane = 0; lane < lanes.Length; lane++)
        {
            lanes[lane] = Read(lane);
        }

        return lanes;
    }

    public void Write(int lane, BigInteger value)
    {
        var target = new Span<byte>(Data + (lane * LaneWords), LaneWords * sizeof(long));
        target.Fill(value.Sign < 0 ? byte.MaxValue : byte.MinValue);
        value.TryWriteBytes(target, out _, isUnsigned: value.Sign >= 0);
    }

    /// <summary>The value of an unsigned scalar that selects one of <paramref name="count"/> things, or <paramref name="count"/> where it is past the end.</summary>
    public int ReadIndex(int count)
    {
        var index = (ulong)Data[0];
        return index < (ulong)count && Span[1..].IndexOfAnyExcept(0ul) < 0 ? (int)index : count;
    }
}
