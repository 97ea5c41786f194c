namespace LoopLynx.Synthesis.Cells;

/// <summary>What the analysis knows of a pin.</summary>
/// <param name="Port">Its port.</param>
/// <param name="Index">Bit of the port.</param>
/// <param name="Width">Bits of the port.</param>
/// <param name="IsOutput">Whether the cell drives it.</param>
/// <param name="IsClock">Whether it is a clock.</param>
/// <param name="SetupNs">How long before the edge the pin must be stable; null where no register of the cell takes it.</param>
/// <param name="ClockToOutNs">How long after the edge the pin is valid; null where no register of the cell drives it.</param>
public readonly record struct PinModel(string Port, int Index, int Width, bool IsOutput, bool IsClock, double? SetupNs, double? ClockToOutNs)
{
    /// <summary>Its name.</summary>
    public string Name => Width == 1 ? Port : $"{Port}[{Index}]";
}
