using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Sim.Compiled.Lowering;

/// <summary>Something that a generated function has to do with values.</summary>
internal abstract record Sink;

/// <summary>A register takes its next value.</summary>
internal sealed record RegisterSink(RegisterNode Register, Value State, Value Next) : Sink;

/// <summary>A synchronous read port takes the addressed row.</summary>
internal sealed record ReadSink(MemoryReadNode Read, Value State, Value Address, Value? Enable) : Sink;

/// <summary>A write port writes a row; <paramref name="Mask"/> is null where all lanes are written.</summary>
internal sealed record WriteSink(MemoryInfo Memory, int Port, Value Address, Value Data, Value Enable, Value? Mask) : Sink;

/// <summary>An output port takes its value.</summary>
internal sealed record OutputSink(PortInfo Port, Value Value) : Sink;

/// <summary>The claim with this index must hold where all of <paramref name="When"/> are 1; elsewhere it says nothing.</summary>
internal sealed record CheckSink(int Index, AssertionInfo Claim, IReadOnlyList<Value> When, Value Condition) : Sink
{
    /// <summary>Takes "not a, or b" apart: it is about b where a is 1.</summary>
    public static CheckSink Of(int index, AssertionInfo claim, Value condition)
    {
        var when = new List<Value>();
        while (condition is { Kind: ValueKind.Or, Operands: [{ Kind: ValueKind.Not } not, var then] })
        {
            when.Add(not.Operands[0]);
            condition = then;
        }

        return new CheckSink(index, claim, when, condition);
    }
}
