namespace LoopLynx.Synthesis.Netlist;

/// <summary>Direction of a port.</summary>
public enum PortSide
{
    /// <summary>Into the module.</summary>
    Input,

    /// <summary>Out of the module.</summary>
    Output,
}
