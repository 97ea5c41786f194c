using System.Runtime.InteropServices;
using LoopLynx.Hdl;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Verilator;

/// <summary>
/// Copies one port between the engine's format (<see cref="LaneStorage"/>) and Verilator's: all lanes packed, lane 0 least significant, unsigned,
/// bits above the value 0, in 1, 2, 4 or 8 bytes or, past 64 bits, in 32-bit words. Both are little-endian.
/// </summary>
/// <param name="type">The port's type.</param>
/// <param name="storage">Engine side.</param>
/// <param name="model">Verilator side.</param>
internal sealed unsafe class PortBinding(HdlType type, byte* storage, byte* model)
{
    private readonly int _element = LaneStorage.ElementBytes(type.Width);
    private readonly int _modelBytes = type.Bits <= 64 ? LaneStorage.ElementBytes(type.Bits) : (type.Bits + 31) / 32 * 4;
    private readonly ulong[] _packed = new ulong[PackedBits.Words(type.Bits)];

    // Lanes that fill their elements lie in both formats alike.
    private readonly bool _sameBytes = type.Width is 8 or 16 or 32 || type.Width % 64 == 0;

    public HdlType Type => type;

    public Span<byte> Storage => new(storage, _element * type.Lanes);

    private Span<byte> Packed => MemoryMarshal.AsBytes(_packed.AsSpan());

    /// <summary>Engine to model.</summary>
    public void CopyIn()
    {
        if (_sameBytes)
        {
            Storage.CopyTo(new Span<byte>(model, _modelBytes));
            return;
        }

        Array.Clear(_packed);
        var bit = 0;
        for (var lane = 0; lane < type.Lanes; lane++)
        {
            for (var low = 0; low < type.Width; low += 64)
            {
                var bits = Math.Min(64, type.Width - low);
                PackedBits.Insert(_packed, bit, bits, Element(lane, low / 64));
                bit += bits;
            }
        }

        Packed[.._modelBytes].CopyTo(new Span<byte>(model, _modelBytes));
    }

    /// <summary>Model to engine.</summary>
    public void CopyOut()
    {
        if (_sameBytes)
        {
            new ReadOnlySpan<byte>(model, Storage.Length).CopyTo(Storage);
            return;
        }

        new ReadOnlySpan<byte>(model, _modelBytes).CopyTo(Packed);
        var bit = 0;
        for (var lane = 0; lane < type.Lanes; lane++)
        {
            for (var low = 0; low < type.Width; low += 64)
            {
                var bits = Math.Min(64, type.Width - low);
                var value = PackedBits.Extract(_packed, bit, bits);
                SetElement(lane, low / 64, type.Signed ? (ulong)((long)(value << (64 - bits)) >> (64 - bits)) : value);
                bit += bits;
            }
        }
    }

    // A lane's element, or one 64-bit word of a wide lane.
    private ulong Element(int lane, int word)
    {
        var at = storage + (lane * _element);
        return _element switch
        {
            1 => *at,
            2 => *(ushort*)at,
            4 => *(uint*)at,
            _ => ((ulong*)at)[word],
        };
    }

    private void SetElement(int lane, int word, ulong value)
    {
        var at = storage + (lane * _element);
        switch (_element)
        {
            case 1:
                *at = (byte)value;
                break;
            case 2:
                *(ushort*)at = (ushort)value;
                break;
            case 4:
                *(uint*)at = (uint)value;
                break;
            default:
                ((ulong*)at)[word] = value;
                break;
        }
    }
}
