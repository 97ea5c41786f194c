namespace LoopLynx.Hdl.Coverage;

/// <summary>What a point of coverage asks.</summary>
public enum CoverageKind
{
    /// <summary>Did this assignment or memory write take effect?</summary>
    Line,

    /// <summary>Was this side of a condition, case of a switch or input of a multiplexer chosen?</summary>
    Arm,

    /// <summary>Did each bit of this register or port rise (fall)?</summary>
    Toggle,

    /// <summary>Was the state machine in this state?</summary>
    State,

    /// <summary>Did the state machine go from this state to that?</summary>
    Transition,

    /// <summary>Was the condition of a <c>Cover</c> ever 1?</summary>
    Cover,
}
