using LoopLynx.Cli.Output;

namespace LoopLynx.Cli.Commands;

/// <summary>What a machine gets out of its cells, with the clock and the basis of its token.</summary>
/// <param name="Clock">Clock and basis.</param>
/// <param name="Position">The token's position.</param>
/// <param name="Machine">What the machine gets out of its cells.</param>
public sealed record TokenEfficiency(Clock Clock, int Position, Efficiency Machine);
