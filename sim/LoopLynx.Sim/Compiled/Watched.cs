using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace LoopLynx.Sim.Compiled;

/// <summary>
/// Copies of generated code that tell whether they changed anything.
/// Small ones are written in place: they would use up what the just-in-time compiler is willing to inline in a method.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Watched
{
    /// <summary>Copies bytes that don't overlap; 0 where the same were there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Copy(byte* to, byte* from, int bytes)
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
