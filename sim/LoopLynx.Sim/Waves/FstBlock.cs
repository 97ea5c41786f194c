namespace LoopLynx.Sim.Waves;

/// <summary>
/// The changes of some consecutive times, as one block of an FST file: the values before, for each variable the list of its changes, and the times.
/// A change is the distance in times from the variable's change before, and the value.
/// </summary>
internal sealed class FstBlock
{
    private const int ValueChanges = 8;
    private readonly int[] _handle;
    private readonly FstBuffer[] _changes;
    private readonly int[] _lastTime;
    private readonly int[] _words;
    private readonly int[] _bits;
    private readonly ulong[] _before;
    private readonly ulong[] _now;
    private readonly byte[] _frame;
    private bool _known;
    private readonly FstBuffer _times = new();
    private long _lastTimeValue;

    /// <param name="variables">In the order of the hierarchy, which numbers them.</param>
    public FstBlock(IReadOnlyList<WaveVariable> variables)
    {
        _handle = new int[variables.Count];
        _changes = [.. variables.Select(_ => new FstBuffer())];
        _lastTime = new int[variables.Count];
        _words = new int[variables.Count];
        _bits = new int[variables.Count];
        var (bits, words) = (0, 0);
        foreach (var (handle, variable) in variables.Index())
        {
            _handle[variable.Index] = handle;
            (_words[handle], _bits[handle]) = (words, variable.Bits);
            bits += variable.Bits;
            words += Interpreted.PackedBits.Words(variable.Bits);
        }

        _before = new ulong[words];
        _now = new ulong[words];
        _frame = new byte[bits];
    }

    /// <summary>Times so far.</summary>
    public int Times { get; private set; }

    /// <summary>When the block begins: at its first time, or at the last one of the block before. Readers show the values before it only in the second case.</summary>
    public long Begin { get; private set; }

    /// <summary>The last time.</summary>
    public long End => _lastTimeValue;

    /// <summary>Bytes of changes so far.</summary>
    public long Size { get; private set; }

    /// <summary>A new time begins.</summary>
    public void Time(long time)
    {
        _times.Varint(Times == 0 ? time : time - _lastTimeValue);
        Begin = Times > 0 ? Begin : _known ? _lastTimeValue : time;
        _lastTimeValue = time;
        Times++;
    }

    /// <summary>A value at the present time.</summary>
    public void Change(WaveVariable variable, ReadOnlySpan<ulong> value)
    {
        var handle = _handle[variable.Index];
        value.CopyTo(_now.AsSpan(_words[handle]));
        var (chain, before) = (_changes[handle], _changes[handle].Length);
        var distance = Times - 1 - _lastTime[handle];
        _lastTime[handle] = Times - 1;
        if (variable.Bits == 1)
        {
            chain.Varint(((long)distance << 2) | (long)(value[0] << 1));
        }
        else
        {
            chain.Varint((long)distance << 1);
            chain.Value(value, variable.Bits);
        }

        Size += chain.Length - before;
    }

    /// <summary>The bytes of the block; the next one starts.</summary>
    public byte[] Take()
    {
        var block = new FstBuffer();
        block.UInt64(Begin);
        block.UInt64(End);
        block.UInt64(Size + _frame.Length);
        Frame(block);
        Changes(block);
        TimeTable(block);

        var head = new FstBuffer();
        head.Byte(ValueChanges);
        head.UInt64(block.Length + sizeof(long));
        byte[] bytes = [.. head.Bytes, .. block.Bytes];
        _now.CopyTo(_before, 0);
        _known = true;
        Array.Clear(_lastTime);
        Array.ForEach(_changes, chain => chain.Clear());
        _times.Clear();
        (Times, Size) = (0, 0);
        return bytes;
    }

    // The values before the block's first time; before the first block of all nothing is known.
    private void Frame(FstBuffer block)
    {
        _frame.AsSpan().Fill((byte)'x');
        for (var (handle, at) = (0, 0); _known && handle < _bits.Length; at += _bits[handle++])
        {
            Text(_before.AsSpan(_words[handle]), _bits[handle], _frame.AsSpan(at, _bits[handle]));
        }

        var packed = FstBuffer.Compressed(_frame);
        block.Varint(_frame.Length);
        block.Varint(packed?.Length ?? _frame.Length);
        block.Varint(_changes.Length);
        block.Raw(packed ?? _frame);
    }

    // Positions count from the byte that names the compression; a variable without changes has none.
    private void Changes(FstBuffer block)
    {
        block.Varint(_changes.Length);
        var (start, position, unchanged, index) = (block.Length, 0, 0, new FstBuffer());
        block.Byte('Z');
        foreach (var chain in _changes)
        {
            if (chain.Length == 0)
            {
                unchanged++;
                continue;
            }

            if (unchanged > 0)
            {
                index.Varint((long)unchanged << 1);
                unchanged = 0;
            }

            index.SignedVarint(((long)(block.Length - start - position) << 1) | 1);
            position = block.Length - start;
            var packed = FstBuffer.Compressed(chain.Bytes);
            block.Varint(packed is null ? 0 : chain.Length);
            block.Raw(packed ?? chain.Bytes);
        }

        if (unchanged > 0)
        {
            index.Varint((long)unchanged << 1);
        }

        block.Raw(index.Bytes);
        block.UInt64(index.Length);
    }

    private void TimeTable(FstBuffer block)
    {
        var packed = FstBuffer.Compressed(_times.Bytes);
        block.Raw(packed ?? _times.Bytes);
        block.UInt64(_times.Length);
        block.UInt64(packed?.Length ?? _times.Length);
        block.UInt64(Times);
    }

    private static void Text(ReadOnlySpan<ulong> value, int bits, Span<byte> text)
    {
        for (var bit = 0; bit < bits; bit++)
        {
            text[bits - 1 - bit] = (byte)('0' + (byte)((value[bit >> 6] >> (bit & 63)) & 1));
        }
    }
}
