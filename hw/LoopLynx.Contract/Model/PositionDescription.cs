namespace LoopLynx.Contract;

/// <summary>Positions of a model.</summary>
/// <param name="Kind">Learned or rotary.</param>
/// <param name="Theta">Base of the rotary angles; unused for learned positions.</param>
/// <param name="Pairing">Dimensions that rotate together; unused for learned positions.</param>
/// <param name="Scaling">Factor on rotary positions; 1 is none.</param>
public sealed record PositionDescription(PositionKind Kind, double Theta = 10000, RotaryPairing Pairing = RotaryPairing.Adjacent, double Scaling = 1);
