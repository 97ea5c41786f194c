using System.Runtime.CompilerServices;
using LoopLynx.Sim.Compiled;

namespace LoopLynx.Sim.Ports;

/// <summary>
/// The ports of an engine for the length of one method: testbenches touch dozens of ports a cycle, and finding each by name would cost more than
/// the compiled engine's cycle. On engines without a block it asks the engine for every port.
/// </summary>
public readonly ref struct PortBlock(IEngine engine)
{
    private readonly Span<byte> _block = engine is CompiledEngine compiled ? compiled.Block : default;

    /// <summary>Storage of an input; the slot is of the same engine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Input(in PortSlot slot) => _block.IsEmpty ? engine.Input(slot.Port) : _block.Slice(slot.Offset, slot.Bytes);

    /// <summary>Storage of an output; the slot is of the same engine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Output(in PortSlot slot) => _block.IsEmpty ? engine.Output(slot.Port) : _block.Slice(slot.Offset, slot.Bytes);

    /// <summary>Drives an input of one bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Drive(in PortSlot slot, bool value)
    {
        if (_block.IsEmpty)
        {
            engine.Input(slot.Port)[0] = value ? (byte)1 : (byte)0;
        }
        else
        {
            _block[slot.Offset] = value ? (byte)1 : (byte)0;
        }
    }

    /// <summary>Whether an output of one bit is 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsHigh(in PortSlot slot) => (_block.IsEmpty ? engine.Output(slot.Port)[0] : _block[slot.Offset]) != 0;
}
