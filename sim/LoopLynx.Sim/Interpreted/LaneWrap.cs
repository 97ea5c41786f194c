using System.Runtime.CompilerServices;
using LoopLynx.Hdl;

namespace LoopLynx.Sim.Interpreted;

/// <summary>Two's complement wrap of one lane of up to 64 bits: signed lanes come out sign-extended, unsigned ones zero-extended.</summary>
internal readonly struct LaneWrap(HdlType type)
{
    private readonly int _shift = 64 - type.Width;
    private readonly bool _signed = type.Signed;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Apply(long value) => _signed ? (value << _shift) >> _shift : (long)(((ulong)value << _shift) >> _shift);
}
