using System.Numerics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Clocks;

/// <summary>
/// An engine whose synchronisers are metastable: where the input of a synchroniser's first register changed since its last edge, or changes at this very edge, each bit that changed is taken
/// as it was or as it is, at random. Only the last change counts, as in hardware, where earlier ones have settled. A pointer in Gray code comes through as the old one or the new one;
/// a binary one comes through as anything.
/// </summary>
/// <remarks>Nothing but the first registers is touched, so it works around every engine that keeps its state in a <see cref="StateLayout"/>. It costs a look at every synchroniser an edge.</remarks>
public sealed class MetastableEngine : IStateEngine
{
    private readonly IStateEngine _inner;
    private readonly NetEvaluator _nets;
    private readonly Random _random;
    private readonly Flop[] _flops;

    /// <summary>Takes over an engine; it is disposed with this one.</summary>
    public MetastableEngine(IStateEngine inner, int seed)
    {
        (_inner, _random, _nets) = (inner, new Random(seed), new NetEvaluator(inner.Layout));
        _flops = [.. inner.Layout.Flat.Registers.Where(r => r.Crossing == CrossingKind.Synchroniser).Select(r => new Flop(r))];
        foreach (var flop in _flops)
        {
            flop.Last = flop.Before = Input(flop);
        }
    }

    /// <inheritdoc/>
    public string Name => _inner.Name;

    /// <inheritdoc/>
    public Design Design => _inner.Design;

    /// <inheritdoc/>
    public long Cycle => _inner.Cycle;

    /// <inheritdoc/>
    public StateLayout Layout => _inner.Layout;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> State => _inner.State;

    /// <inheritdoc/>
    public void Write(int offset, ReadOnlySpan<byte> bytes) => _inner.Write(offset, bytes);

    /// <summary>Bits that were taken another way than without metastability.</summary>
    public long Upsets { get; private set; }

    /// <inheritdoc/>
    public Span<byte> Input(PortInfo port) => _inner.Input(port);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Output(PortInfo port) => _inner.Output(port);

    /// <inheritdoc/>
    public void Reset(ClockDomain domain, bool asserted) => _inner.Reset(domain, asserted);

    /// <inheritdoc/>
    public void Settle() => _inner.Settle();

    /// <inheritdoc/>
    public void Tick() => Tick([.. Layout.Flat.Domains]);

    /// <inheritdoc/>
    public void Tick(ClockDomain domain) => Tick([domain]);

    /// <inheritdoc/>
    public void Tick(ReadOnlySpan<ClockDomain> domains)
    {
        var clocks = ClockEdges.Of(Layout.Flat, domains).Select(d => d.Clock).ToHashSet();
        foreach (var flop in _flops)
        {
            flop.See(Input(flop));
        }

        _inner.Tick(domains);
        foreach (var flop in _flops)
        {
            var (taken, now) = (flop.Last, Input(flop));
            if (!clocks.Contains(flop.Register.Domain.Clock))
            {
                flop.See(now);
                continue;
            }

            // A change before the edge that comes late, or one at the edge that comes early; at the next edge either has settled.
            var other = flop.HasChanged ? flop.Before : now;
            (flop.Before, flop.Last, flop.HasChanged) = (taken, now, false);
            if (State[Layout.ResetOfRegisters(flop.Register.Domain)] == 0)
            {
                Take(flop.Register, taken, other);
            }
        }
    }

    /// <inheritdoc/>
    public void Run(long cycles)
    {
        for (var i = 0L; i < cycles; i++)
        {
            Tick();
        }
    }

    /// <inheritdoc/>
    public EngineSnapshot Snapshot() => _inner.Snapshot();

    /// <inheritdoc/>
    public void Restore(EngineSnapshot snapshot)
    {
        _inner.Restore(snapshot);
        foreach (var flop in _flops)
        {
            flop.Last = flop.Before = Input(flop);
            flop.HasChanged = false;
        }
    }

    /// <inheritdoc/>
    public BigInteger[] PeekNet(string path) => _inner.PeekNet(path);

    /// <inheritdoc/>
    public void Dispose()
    {
        _nets.Dispose();
        _inner.Dispose();
    }

    private BigInteger Input(Flop flop) => _nets.Read(_inner.State, flop.Register.Next)[0];

    private void Take(RegisterNode register, BigInteger taken, BigInteger other)
    {
        var value = taken;
        for (var (bit, changed) = (0, taken ^ other); bit < register.Type.Width; bit++)
        {
            if (!((changed >> bit) & 1).IsZero && _random.Next(2) == 0)
            {
                value ^= BigInteger.One << bit;
                Upsets++;
            }
        }

        Span<byte> storage = new byte[LaneStorage.Bytes(register.Type)];
        LaneStorage.Write(storage, register.Type, 0, value);
        _inner.Write(Layout.Offset(register), storage);
    }

    /// <summary>The first register of a synchroniser and what its input did.</summary>
    private sealed class Flop(RegisterNode register)
    {
        public RegisterNode Register { get; } = register;

        /// <summary>The input when it was last looked at.</summary>
        public BigInteger Last { get; set; }

        /// <summary>The input before its last change.</summary>
        public BigInteger Before { get; set; }

        /// <summary>Whether it changed since the register's last edge.</summary>
        public bool HasChanged { get; set; }

        public void See(BigInteger now)
        {
            if (now != Last)
            {
                (Before, Last, HasChanged) = (Last, now, true);
            }
        }
    }
}
