using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LoopLynx.Runtime;

/// <summary>Copies beats of a memory to its port.</summary>
internal static unsafe class BeatCopy
{
    // A design reads on: what it asks for in the cycles to come is fetched while this one is simulated.
    private const int Ahead = 128;

    /// <summary>Copies a beat.</summary>
    /// <param name="memory">Where it lies.</param>
    /// <param name="address">Its first byte there; whether the memory has all of it was asked with its burst.</param>
    /// <param name="port">Where it goes, as long as the beat.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(byte[] memory, long address, Span<byte> port)
    {
        // The array's length lies in another line of the cache than the beat.
        ref var from = ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(memory), (nint)address);
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref from, Ahead)));
        }

        if (port.Length == Vector256<byte>.Count)
        {
            Vector256.LoadUnsafe(ref from).StoreUnsafe(ref MemoryMarshal.GetReference(port));
            return;
        }

        MemoryMarshal.CreateReadOnlySpan(ref from, port.Length).CopyTo(port);
    }
}
