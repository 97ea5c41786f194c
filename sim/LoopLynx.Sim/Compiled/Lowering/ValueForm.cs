namespace LoopLynx.Sim.Compiled.Lowering;

/// <summary>How a value is computed and where it lives.</summary>
internal enum ValueForm
{
    /// <summary>A literal (scalar or uniform) or a row of the constant region.</summary>
    Constant,

    /// <summary>In the state block.</summary>
    State,

    /// <summary>A C# expression.</summary>
    Scalar,

    /// <summary>Statements that leave a scalar in a local.</summary>
    ScalarBlock,

    /// <summary>Lane by lane in a loop: in vector registers, or stored to scratch for users elsewhere.</summary>
    Lane,

    /// <summary>Statements that leave lanes or wide words in scratch.</summary>
    Block,

    /// <summary>The operand's memory at a constant distance: costs nothing.</summary>
    StaticView,

    /// <summary>A pointer that is computed: a memory row, a selected run of lanes, one of several values.</summary>
    DynamicView,
}
