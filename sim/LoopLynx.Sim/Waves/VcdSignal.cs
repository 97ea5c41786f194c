using LoopLynx.Sim.Interpreted;

namespace LoopLynx.Sim.Waves;

/// <summary>One variable of a VCD file: remembers its last value and writes only changes.</summary>
internal sealed class VcdSignal(string name, int index, int bits)
{
    private readonly string _code = Code(index);
    private readonly ulong[] _last = new ulong[PackedBits.Words(bits)];
    private bool _written;

    /// <summary>The <c>$var</c> line of the header.</summary>
    public string Declaration => $"$var wire {bits} {_code} {name}{(bits == 1 ? "" : $" [{bits - 1}:0]")} $end";

    /// <summary>The lowest bits that were written last; 0 before.</summary>
    public ulong Value => _last[0];

    /// <summary>Writes a packed value if it differs from the last one written.</summary>
    public void Write(TextWriter output, ReadOnlySpan<ulong> value)
    {
        if (_written && value.SequenceEqual(_last))
        {
            return;
        }

        value.CopyTo(_last);
        _written = true;
        if (bits == 1)
        {
            output.Write((char)('0' + value[0]));
        }
        else
        {
            WriteBits(output, value);
        }

        output.Write(_code);
        output.Write('\n');
    }

    private void WriteBits(TextWriter output, ReadOnlySpan<ulong> value)
    {
        // Leading zeros are implied.
        var top = bits - 1;
        while (top > 0 && PackedBits.Extract(value, top, 1) == 0)
        {
            top--;
        }

        output.Write('b');
        for (var bit = top; bit >= 0; bit--)
        {
            output.Write((char)('0' + PackedBits.Extract(value, bit, 1)));
        }

        output.Write(' ');
    }

    // Identifier codes are digits of printable characters, '!' to '~'.
    private static string Code(int index)
    {
        const int digits = '~' - '!' + 1;
        var code = "";
        do
        {
            code += (char)('!' + (index % digits));
            index /= digits;
        }
        while (index > 0);
        return code;
    }
}
