using System.Numerics;
using System.Runtime.InteropServices;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Accelerator.Tests.Baseline;

/// <summary>
/// An engine that counts the register bits that change from one cycle to the next. Memories and their read ports don't count; where a
/// register lies in the state doesn't matter, nor that copies of one lie in one place.
/// </summary>
internal sealed class SwitchingEngine : IStateEngine
{
    private readonly IStateEngine _inner;
    private readonly ulong[] _mask;
    private readonly ulong[] _before;
    private readonly byte[] _registers;

    /// <summary>Wraps an engine; it is disposed with this one.</summary>
    public SwitchingEngine(IStateEngine inner)
    {
        _inner = inner;
        (_mask, _registers) = MaskOf(inner.Layout);
        _before = new ulong[_mask.Length];
        Take();
    }

    /// <summary>Changed bits of all registers since the last <see cref="Restore"/>.</summary>
    public long ChangedBits { get; private set; }

    public string Name => _inner.Name;

    public Design Design => _inner.Design;

    public long Cycle => _inner.Cycle;

    public StateLayout Layout => _inner.Layout;

    public ReadOnlySpan<byte> State => _inner.State;

    public void Write(int offset, ReadOnlySpan<byte> bytes) => _inner.Write(offset, bytes);

    private ReadOnlySpan<ulong> Words => MemoryMarshal.Cast<byte, ulong>(_inner.State)[.._mask.Length];

    public Span<byte> Input(PortInfo port) => _inner.Input(port);

    public ReadOnlySpan<byte> Output(PortInfo port) => _inner.Output(port);

    public void Reset(ClockDomain domain, bool asserted) => _inner.Reset(domain, asserted);

    public void Settle() => _inner.Settle();

    public void Tick()
    {
        _inner.Tick();
        var now = Words;
        for (var i = 0; i < _mask.Length; i++)
        {
            var changed = (now[i] ^ _before[i]) & _mask[i];
            for (var at = 8 * i; changed != 0; at++, changed >>= 8)
            {
                ChangedBits += _registers[at] * BitOperations.PopCount((byte)changed);
            }
        }

        Take();
    }

    public void Tick(ClockDomain domain) => throw new NotSupportedException("the accelerator has one clock");

    public void Run(long cycles)
    {
        for (var cycle = 0L; cycle < cycles; cycle++)
        {
            Tick();
        }
    }

    public BigInteger[] PeekNet(string path) => _inner.PeekNet(path);

    public EngineSnapshot Snapshot() => _inner.Snapshot();

    /// <summary>Goes on from a snapshot, with nothing counted yet.</summary>
    public void Restore(EngineSnapshot snapshot)
    {
        _inner.Restore(snapshot);
        Take();
        ChangedBits = 0;
    }

    public void Dispose() => _inner.Dispose();

    private void Take() => Words.CopyTo(_before);

    // A lane is extended to its element: only the bits of its width count, for each register that lies there.
    private static (ulong[] Mask, byte[] Registers) MaskOf(StateLayout layout)
    {
        var mask = new byte[(layout.StateEnd + 7) / 8 * 8];
        var registers = new byte[mask.Length];
        foreach (var register in layout.Flat.Registers)
        {
            var element = LaneStorage.ElementBytes(register.Type.Width);
            foreach (ref var count in registers.AsSpan(layout.Offset(register), LaneStorage.Bytes(register.Type)))
            {
                count = checked((byte)(count + 1));
            }

            var bits = (BigInteger.One << register.Type.Width) - 1;
            for (var lane = 0; lane < register.Type.Lanes; lane++)
            {
                bits.TryWriteBytes(mask.AsSpan(layout.Offset(register) + (lane * element), element), out _, isUnsigned: true);
            }
        }

        return (MemoryMarshal.Cast<byte, ulong>(mask).ToArray(), registers);
    }
}
