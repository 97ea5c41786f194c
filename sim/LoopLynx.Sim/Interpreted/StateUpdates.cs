using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Interpreted;

/// <summary>A change of the state block at a clock edge, from settled slots.</summary>
internal abstract unsafe class StateUpdate
{
    public abstract void Run(byte* state);
}

/// <summary>The next value, or the initial value in reset.</summary>
internal sealed unsafe class RegisterUpdate(RegisterNode register, StateLayout layout, EvaluationPlan plan) : StateUpdate
{
    private readonly Slot _next = plan[register.Next];
    private readonly int _offset = layout.Offset(register);
    private readonly int? _reset = register.HasReset ? layout.ResetOfRegisters(register.Domain) : null;
    private readonly byte[] _initial = Bytes(register);

    public override void Run(byte* state)
    {
        if (_reset is { } reset && state[reset] != 0)
        {
            _initial.CopyTo(new Span<byte>(state + _offset, _initial.Length));
        }
        else
        {
            StateTransfer.Store(_next, state + _offset);
        }
    }

    private static byte[] Bytes(RegisterNode register)
    {
        var bytes = new byte[LaneStorage.Bytes(register.Type)];
        for (var lane = 0; lane < register.Initial.Length; lane++)
        {
            LaneStorage.Write(bytes, register.Type, lane, register.Initial[lane]);
        }

        return bytes;
    }
}

/// <summary>A synchronous read port takes the row as it is before this edge's writes; past the end, 0.</summary>
internal sealed unsafe class ReadPortUpdate(MemoryReadNode read, StateLayout layout, EvaluationPlan plan) : StateUpdate
{
    private readonly int _offset = layout.Offset(read);
    private readonly int _rows = layout.Offset(read.Memory);
    private readonly int _rowBytes = StateLayout.RowBytes(read.Memory);
    private readonly Slot _address = plan[read.Address];
    private readonly Slot? _enable = read.Enable is null ? null : plan[read.Enable];

    public override void Run(byte* state)
    {
        if (_enable is { } enable && *enable.Data == 0)
        {
            return;
        }

        var target = new Span<byte>(state + _offset, _rowBytes);
        var row = _address.ReadIndex(read.Memory.Depth);
        if (row == read.Memory.Depth)
        {
            target.Clear();
        }
        else
        {
            new ReadOnlySpan<byte>(state + _rows + ((long)row * _rowBytes), _rowBytes).CopyTo(target);
        }
    }
}

/// <summary>A write port; past the end it does nothing.</summary>
internal sealed unsafe class WritePortUpdate(MemoryInfo memory, MemoryWrite write, StateLayout layout, EvaluationPlan plan) : StateUpdate
{
    private readonly int _rows = layout.Offset(memory);
    private readonly int _rowBytes = StateLayout.RowBytes(memory);
    private readonly Slot _address = plan[write.Address];
    private readonly Slot _data = plan[write.Data];
    private readonly Slot _enable = plan[write.Enable];
    private readonly Slot? _mask = write.Mask is null ? null : plan[write.Mask];

    public override void Run(byte* state)
    {
        var row = *_enable.Data == 0 ? memory.Depth : _address.ReadIndex(memory.Depth);
        if (row == memory.Depth)
        {
            return;
        }

        var target = state + _rows + ((long)row * _rowBytes);
        if (_mask is { } mask)
        {
            StateTransfer.StoreMasked(_data, mask, target);
        }
        else
        {
            StateTransfer.Store(_data, target);
        }
    }
}
