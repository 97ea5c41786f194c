namespace LoopLynx.Sim.Compiled.Lowering;

/// <summary>Scalars of like operations that become the lanes of one value.</summary>
internal sealed class Pack(Value[] lanes)
{
    public Value[] Lanes { get; } = lanes;

    /// <summary>Lanes of each operand; of a state: none.</summary>
    public List<Value[]> Operands { get; } = [];
}
