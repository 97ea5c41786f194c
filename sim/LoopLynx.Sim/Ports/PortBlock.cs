using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LoopLynx.Sim.Compiled;

namespace LoopLynx.Sim.Ports;

/// <summary>
/// The ports of an engine for the length of one method: testbenches touch dozens of ports a cycle, and finding each by name would cost more than
/// the compiled engine's cycle. On engines without a block it asks the engine for every port.
/// </summary>
public readonly ref struct PortBlock
{
    private readonly IEngine _engine;
    private readonly ref byte _block;
    private readonly int _bytes;

    /// <summary>The ports of an engine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PortBlock(IEngine engine)
    {
        _engine = engine;
        if (engine is CompiledEngine compiled)
        {
            var block = compiled.Block;
            _block = ref MemoryMarshal.GetReference(block);
            _bytes = block.Length;
        }
    }

    /// <summary>Storage of an input; the slot is of the same engine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Input(in PortSlot slot) => _bytes == 0 ? _engine.Input(slot.Port) : MemoryMarshal.CreateSpan(ref At(slot), slot.Bytes);

    /// <summary>Storage of an output; the slot is of the same engine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Output(in PortSlot slot) =>
        _bytes == 0 ? _engine.Output(slot.Port) : MemoryMarshal.CreateReadOnlySpan(ref At(slot), slot.Bytes);

    /// <summary>Drives an input of one bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Drive(in PortSlot slot, bool value)
    {
        ref var bit = ref _bytes == 0 ? ref _engine.Input(slot.Port)[0] : ref At(slot);
        bit = value ? (byte)1 : (byte)0;
    }

    /// <summary>Whether an output of one bit is 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsHigh(in PortSlot slot) => (_bytes == 0 ? _engine.Output(slot.Port)[0] : At(slot)) != 0;

    // A slot was found in the block of its engine, so it isn't looked at in every cycle whether it lies inside.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte At(in PortSlot slot)
    {
        Debug.Assert(slot.Offset + slot.Bytes <= _bytes, "the slot is of the same engine");
        return ref Unsafe.Add(ref _block, slot.Offset);
    }
}
