using System.Numerics;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Interpreted;

/// <summary>Copies values between the state block (<see cref="LaneStorage"/> elements) and slots (64-bit words).</summary>
internal static unsafe class StateTransfer
{
    /// <summary>State to slot: every element is extended by the type's signedness.</summary>
    public static void Load(byte* from, Slot to)
    {
        var lanes = to.Type.Lanes;
        switch (LaneStorage.ElementBytes(to.Type.Width), to.Type.Signed)
        {
            case (1, false): Widen(from, to.Data, lanes); break;
            case (1, true): Widen((sbyte*)from, to.Data, lanes); break;
            case (2, false): Widen((ushort*)from, to.Data, lanes); break;
            case (2, true): Widen((short*)from, to.Data, lanes); break;
            case (4, false): Widen((uint*)from, to.Data, lanes); break;
            case (4, true): Widen((int*)from, to.Data, lanes); break;
            default: Copy((long*)from, to.Data, to.Words); break;
        }
    }

    /// <summary>Slot to state: the low bytes of every lane.</summary>
    public static void Store(Slot from, byte* to)
    {
        var lanes = from.Type.Lanes;
        switch (LaneStorage.ElementBytes(from.Type.Width))
        {
            case 1: Narrow(from.Data, to, lanes); break;
            case 2: Narrow(from.Data, (ushort*)to, lanes); break;
            case 4: Narrow(from.Data, (uint*)to, lanes); break;
            default: Copy(from.Data, (long*)to, from.Words); break;
        }
    }

    /// <summary>Stores the lanes whose mask lane is 1.</summary>
    public static void StoreMasked(Slot from, Slot mask, byte* to)
    {
        var bytes = LaneStorage.ElementBytes(from.Type.Width);
        for (var lane = 0; lane < from.Type.Lanes; lane++)
        {
            if (mask.Data[lane * mask.LaneStep] != 0)
            {
                // The low bytes of a lane's words are its element: little-endian.
                new ReadOnlySpan<byte>(from.Data + (lane * from.LaneWords), bytes).CopyTo(new Span<byte>(to + (lane * bytes), bytes));
            }
        }
    }

    private static void Widen<T>(T* from, long* to, int lanes)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (var i = 0; i < lanes; i++)
        {
            to[i] = long.CreateTruncating(from[i]);
        }
    }

    private static void Narrow<T>(long* from, T* to, int lanes)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (var i = 0; i < lanes; i++)
        {
            to[i] = T.CreateTruncating(from[i]);
        }
    }

    private static void Copy(long* from, long* to, int words) =>
        new ReadOnlySpan<long>(from, words).CopyTo(new Span<long>(to, words));
}
