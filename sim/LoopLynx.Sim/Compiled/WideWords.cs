using System.ComponentModel;

namespace LoopLynx.Sim.Compiled;

/// <summary>
/// Arithmetic on values of more than 64 bits for generated code. A value is little-endian 64-bit words, extended by its signedness;
/// results are right modulo 2^(64 * words) until <see cref="Wrap"/> reduces them to a width.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class WideWords
{
    /// <summary>d = a + b.</summary>
    public static void Add(ulong* d, int dn, ulong* a, int an, bool sa, ulong* b, int bn, bool sb)
    {
        ulong carry = 0;
        for (var i = 0; i < dn; i++)
        {
            var sum = (UInt128)Word(a, an, sa, i) + Word(b, bn, sb, i) + carry;
            d[i] = (ulong)sum;
            carry = (ulong)(sum >> 64);
        }
    }

    /// <summary>d = a - b.</summary>
    public static void Subtract(ulong* d, int dn, ulong* a, int an, bool sa, ulong* b, int bn, bool sb)
    {
        ulong borrow = 0;
        for (var i = 0; i < dn; i++)
        {
            var (x, y) = (Word(a, an, sa, i), Word(b, bn, sb, i));
            d[i] = x - y - borrow;
            borrow = x < y || (x == y && borrow != 0) ? 1ul : 0ul;
        }
    }

    /// <summary>d = -a.</summary>
    public static void Negate(ulong* d, int dn, ulong* a, int an, bool sa)
    {
        ulong carry = 1;
        for (var i = 0; i < dn; i++)
        {
            d[i] = ~Word(a, an, sa, i) + carry;
            carry = carry != 0 && d[i] == 0 ? 1ul : 0ul;
        }
    }

    /// <summary>d = a * b; d is neither a nor b.</summary>
    public static void Multiply(ulong* d, int dn, ulong* a, int an, bool sa, ulong* b, int bn, bool sb)
    {
        new Span<ulong>(d, dn).Clear();
        for (var i = 0; i < dn; i++)
        {
            var x = Word(a, an, sa, i);
            ulong carry = 0;
            for (var j = 0; x != 0 && i + j < dn; j++)
            {
                var sum = ((UInt128)x * Word(b, bn, sb, j)) + d[i + j] + carry;
                d[i + j] = (ulong)sum;
                carry = (ulong)(sum >> 64);
            }
        }
    }

    /// <summary>d = a &amp; b.</summary>
    public static void And(ulong* d, int dn, ulong* a, int an, bool sa, ulong* b, int bn, bool sb)
    {
        for (var i = 0; i < dn; i++)
        {
            d[i] = Word(a, an, sa, i) & Word(b, bn, sb, i);
        }
    }

    /// <summary>d = a | b.</summary>
    public static void Or(ulong* d, int dn, ulong* a, int an, bool sa, ulong* b, int bn, bool sb)
    {
        for (var i = 0; i < dn; i++)
        {
            d[i] = Word(a, an, sa, i) | Word(b, bn, sb, i);
        }
    }

    /// <summary>d = a ^ b.</summary>
    public static void Xor(ulong* d, int dn, ulong* a, int an, bool sa, ulong* b, int bn, bool sb)
    {
        for (var i = 0; i < dn; i++)
        {
            d[i] = Word(a, an, sa, i) ^ Word(b, bn, sb, i);
        }
    }

    /// <summary>d = ~a.</summary>
    public static void Not(ulong* d, int dn, ulong* a, int an, bool sa)
    {
        for (var i = 0; i < dn; i++)
        {
            d[i] = ~Word(a, an, sa, i);
        }
    }

    /// <summary>d = a.</summary>
    public static void Extend(ulong* d, int dn, ulong* a, int an, bool sa)
    {
        for (var i = 0; i < dn; i++)
        {
            d[i] = Word(a, an, sa, i);
        }
    }

    /// <summary>d = a * 2^amount.</summary>
    public static void ShiftLeft(ulong* d, int dn, ulong* a, int an, bool sa, int amount)
    {
        var (words, bits) = (amount / 64, amount % 64);
        for (var i = dn - 1; i >= 0; i--)
        {
            var high = i >= words ? Word(a, an, sa, i - words) : 0;
            var low = i > words ? Word(a, an, sa, i - words - 1) : 0;
            d[i] = bits == 0 ? high : (high << bits) | (low >> (64 - bits));
        }
    }

    /// <summary>d = floor(a / 2^amount), and so also the bits of a from <paramref name="amount"/> on.</summary>
    public static void ShiftRight(ulong* d, int dn, ulong* a, int an, bool sa, int amount)
    {
        var (words, bits) = (amount / 64, amount % 64);
        for (var i = 0; i < dn; i++)
        {
            var low = Word(a, an, sa, i + words);
            d[i] = bits == 0 ? low : (low >> bits) | (Word(a, an, sa, i + words + 1) << (64 - bits));
        }
    }

    /// <summary>Sign of a - b; both have the same signedness.</summary>
    public static int Compare(ulong* a, int an, bool sa, ulong* b, int bn, bool sb)
    {
        var top = Math.Max(an, bn);
        var (signA, signB) = ((long)Word(a, an, sa, top), (long)Word(b, bn, sb, top));
        if (signA != signB)
        {
            return signA < signB ? -1 : 1;
        }

        for (var i = top - 1; i >= 0; i--)
        {
            var (x, y) = (Word(a, an, sa, i), Word(b, bn, sb, i));
            if (x != y)
            {
                return x < y ? -1 : 1;
            }
        }

        return 0;
    }

    /// <summary>An unsigned shift amount, at most 2^16, which shifts everything out.</summary>
    public static int Amount(ulong* a, int an)
    {
        for (var i = 1; i < an; i++)
        {
            if (a[i] != 0)
            {
                return 1 << 16;
            }
        }

        return (int)Math.Min(a[0], 1 << 16);
    }

    /// <summary>Reduces d to <paramref name="width"/> bits and extends it by its signedness.</summary>
    public static void Wrap(ulong* d, int dn, int width, bool signed)
    {
        var bits = width % 64;
        if (bits != 0)
        {
            var top = d[dn - 1] << (64 - bits);
            d[dn - 1] = signed ? (ulong)((long)top >> (64 - bits)) : top >> (64 - bits);
        }
    }

    /// <summary>Ors <paramref name="width"/> bits of a into d from bit <paramref name="low"/> on; those bits of d were 0.</summary>
    public static void Insert(ulong* d, int low, ulong* a, int width)
    {
        for (var done = 0; done < width; done += 64)
        {
            var count = Math.Min(64, width - done);
            var bits = count == 64 ? a[done / 64] : a[done / 64] & ((1ul << count) - 1);
            var (word, shift) = ((low + done) / 64, (low + done) % 64);
            d[word] |= bits << shift;
            if (shift + count > 64)
            {
                d[word + 1] |= bits >> (64 - shift);
            }
        }
    }

    /// <summary>Packs lanes to adjacent bits, lane 0 lowest. <paramref name="d"/> has room for all bits.</summary>
    public static void Pack(ulong* d, byte* lanes, int elementBytes, int width, int count)
    {
        new Span<ulong>(d, ((width * count) + 63) / 64).Clear();
        for (var i = 0; i < count; i++)
        {
            if (elementBytes > 8)
            {
                Insert(d, i * width, (ulong*)(lanes + ((nint)i * elementBytes)), width);
                continue;
            }

            var bits = Element(lanes + ((nint)i * elementBytes), elementBytes);
            Insert(d, i * width, &bits, width);
        }
    }

    /// <summary>The opposite of <see cref="Pack"/>: extends each lane to its element. <paramref name="bits"/> has <paramref name="words"/> words.</summary>
    public static void Unpack(byte* lanes, int elementBytes, int width, bool signed, int count, ulong* bits, int words)
    {
        var laneWords = (width + 63) / 64;
        for (var i = 0; i < count; i++)
        {
            if (elementBytes > 8)
            {
                var lane = (ulong*)(lanes + ((nint)i * elementBytes));
                ShiftRight(lane, laneWords, bits, words, false, i * width);
                Wrap(lane, laneWords, width, signed);
                continue;
            }

            ulong value;
            ShiftRight(&value, 1, bits, words, false, i * width);
            Wrap(&value, 1, width, signed);
            new ReadOnlySpan<byte>(&value, elementBytes).CopyTo(new Span<byte>(lanes + ((nint)i * elementBytes), elementBytes));
        }
    }

    private static ulong Element(byte* lane, int bytes) => bytes switch
    {
        1 => *lane,
        2 => *(ushort*)lane,
        4 => *(uint*)lane,
        _ => *(ulong*)lane,
    };

    private static ulong Word(ulong* a, int n, bool signed, int i) => i < n ? a[i] : signed && (long)a[n - 1] < 0 ? ulong.MaxValue : 0;
}
