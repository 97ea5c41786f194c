namespace LoopLynx.Synthesis.Absorption;

/// <summary>Which registers move into DSPs and RAMs.</summary>
public enum AbsorptionScope
{
    /// <summary>None: as Yosys leaves them for this family.</summary>
    None,

    /// <summary>Those behind a product or a memory.</summary>
    Outputs,

    /// <summary>Those before a DSP's operands too: the rule.</summary>
    All,
}
