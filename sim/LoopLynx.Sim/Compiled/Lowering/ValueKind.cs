namespace LoopLynx.Sim.Compiled.Lowering;

/// <summary>The operations that code is generated for: the netlist's node kinds with one member per operator.</summary>
internal enum ValueKind
{
    /// <summary>Integers known now.</summary>
    Constant,

    /// <summary>An input, register or synchronous read port: something that the state block holds.</summary>
    State,

    /// <summary>An addressed memory row.</summary>
    ReadRow,

    Not,
    Negate,
    Add,
    Subtract,
    Multiply,
    And,
    Or,
    Xor,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    ShiftLeft,
    ShiftRight,
    Mux,
    Case,
    Concat,
    Slice,

    /// <summary>Another width, signedness, or one lane broadcast over many.</summary>
    Resize,

    Reduce,
    LaneMap,
    LaneConcat,
    LaneSelect,
    Reinterpret,
}
