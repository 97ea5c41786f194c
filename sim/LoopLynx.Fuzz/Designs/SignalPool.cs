using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Fuzz.Designs;

/// <summary>The values of a random design so far.</summary>
public sealed class SignalPool(Random random, IEnumerable<Signal> first)
{
    private const int MaxWidth = 200;
    private const int MaxBits = 4000;
    private readonly List<Signal> _signals = [.. first];

    /// <summary>Adds a value, cut to a moderate size so that designs don't explode.</summary>
    public void Add(Signal signal)
    {
        var width = Math.Min(MaxWidth, Math.Max(1, MaxBits / signal.Lanes));
        _signals.Add(signal.Width > width ? signal.Truncate(width) : signal);
    }

    /// <summary>Some value, mostly a late one.</summary>
    public Signal Pick() => random.Next(2) == 0
        ? _signals[random.Next(_signals.Count)]
        : _signals[^(1 + random.Next(Math.Min(20, _signals.Count)))];

    /// <summary>Some value brought to a type.</summary>
    public Signal PickAs(HdlType type) => Convert(Pick(), type);

    /// <summary>Some scalar bit.</summary>
    public Signal PickBit()
    {
        var signal = Pick().Lane(0);
        return signal[random.Next(signal.Width)];
    }

    /// <summary>Some value with the signedness of another and lanes that go with it.</summary>
    public Signal PickLike(Signal other)
    {
        var signal = Pick();
        var lanes = random.Next(3) == 0 ? 1 : other.Lanes;
        return Convert(signal, signal.Type with { Signed = other.Type.Signed, Lanes = other.Lanes == 1 ? signal.Lanes : lanes });
    }

    /// <summary>The last value, brought to a type.</summary>
    public Signal Latest(HdlType type) => Convert(_signals[^1], type);

    /// <summary>Bits of random values, joined: at most a word of each, so that many are seen.</summary>
    public Signal Bits(int width)
    {
        var parts = new List<Signal>();
        var open = width;
        for (var part = random.Next(3) * 8; part >= 0 && open > 0; part--)
        {
            var bits = Pick().AsBits();
            var taken = Math.Min(open, Math.Min(64, bits.Width));
            bits = bits.Slice(random.Next(bits.Width - taken + 1), taken);
            parts.Add(bits);
            open -= bits.Width;
        }

        return Cat(parts).Resize(width);
    }

    private static Signal Convert(Signal signal, HdlType type)
    {
        signal = signal.Lanes == type.Lanes ? signal : signal.LaneMap(Enumerable.Range(0, type.Lanes).Select(lane => lane % signal.Lanes));
        signal = signal.Width > type.Width ? signal.Truncate(type.Width) : signal.Width < type.Width ? signal.Extend(type.Width) : signal;
        return signal.Type.Signed == type.Signed ? signal : type.Signed ? signal.AsSigned() : signal.AsUnsigned();
    }
}
