using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LoopLynx.Sim.Compiled;

/// <summary>Stores of generated code that tell whether they changed anything: the result is 0 where the same value was there.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Watched
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Stores a byte.</summary>
    [MethodImpl(Inline)]
    public static ulong Set(byte* to, byte value)
    {
        var changed = (ulong)(*to ^ value);
        *to = value;
        return changed;
    }

    /// <summary>Stores a signed byte.</summary>
    [MethodImpl(Inline)]
    public static ulong Set(sbyte* to, sbyte value) => Set((byte*)to, (byte)value);

    /// <summary>Stores two bytes.</summary>
    [MethodImpl(Inline)]
    public static ulong Set(ushort* to, ushort value)
    {
        var changed = (ulong)(*to ^ value);
        *to = value;
        return changed;
    }

    /// <summary>Stores two signed bytes.</summary>
    [MethodImpl(Inline)]
    public static ulong Set(short* to, short value) => Set((ushort*)to, (ushort)value);

    /// <summary>Stores four bytes.</summary>
    [MethodImpl(Inline)]
    public static ulong Set(uint* to, uint value)
    {
        var changed = *to ^ value;
        *to = value;
        return changed;
    }

    /// <summary>Stores four signed bytes.</summary>
    [MethodImpl(Inline)]
    public static ulong Set(int* to, int value) => Set((uint*)to, (uint)value);

    /// <summary>Stores eight bytes.</summary>
    [MethodImpl(Inline)]
    public static ulong Set(ulong* to, ulong value)
    {
        var changed = *to ^ value;
        *to = value;
        return changed;
    }

    /// <summary>Stores eight signed bytes.</summary>
    [MethodImpl(Inline)]
    public static ulong Set(long* to, long value) => Set((ulong*)to, (ulong)value);

    /// <summary>Stores 16 bytes.</summary>
    [MethodImpl(Inline)]
    public static ulong Set<T>(T* to, Vector128<T> value) where T : unmanaged
    {
        var old = Vector128.Load(to);
        value.Store(to);
        return Vector128.EqualsAll(old.AsUInt64(), value.AsUInt64()) ? 0ul : 1ul;
    }

    /// <summary>Stores 32 bytes.</summary>
    [MethodImpl(Inline)]
    public static ulong Set<T>(T* to, Vector256<T> value) where T : unmanaged
    {
        var old = Vector256.Load(to);
        value.Store(to);
        return Vector256.EqualsAll(old.AsUInt64(), value.AsUInt64()) ? 0ul : 1ul;
    }

    /// <summary>Stores 64 bytes.</summary>
    [MethodImpl(Inline)]
    public static ulong Set<T>(T* to, Vector512<T> value) where T : unmanaged
    {
        var old = Vector512.Load(to);
        value.Store(to);
        return Vector512.EqualsAll(old.AsUInt64(), value.AsUInt64()) ? 0ul : 1ul;
    }

    /// <summary>Copies bytes that don't overlap.</summary>
    [MethodImpl(Inline)]
    public static ulong Copy(byte* to, byte* from, int bytes) => bytes switch
    {
        1 => Set(to, *from),
        2 => Set((ushort*)to, *(ushort*)from),
        4 => Set((uint*)to, *(uint*)from),
        8 => Set((ulong*)to, *(ulong*)from),
        16 => Set(to, Vector128.Load(from)),
        32 when Vector256.IsHardwareAccelerated => Set(to, Vector256.Load(from)),
        64 when Vector512.IsHardwareAccelerated => Set(to, Vector512.Load(from)),
        _ => CopyMany(to, from, bytes),
    };

    private static ulong CopyMany(byte* to, byte* from, int bytes)
    {
        var source = new ReadOnlySpan<byte>(from, bytes);
        var target = new Span<byte>(to, bytes);
        if (source.SequenceEqual(target))
        {
            return 0;
        }

        source.CopyTo(target);
        return 1;
    }
}
