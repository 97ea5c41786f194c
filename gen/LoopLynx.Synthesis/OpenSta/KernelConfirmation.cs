namespace LoopLynx.Synthesis.OpenSta;

/// <summary>A kernel's worst slack by both analysers.</summary>
/// <param name="Module">The kernel.</param>
/// <param name="Cells">Its cells, registers absorbed.</param>
/// <param name="SlackNs">This library's worst slack with typical nets, in ns.</param>
/// <param name="OpenStaSlackNs">OpenSTA's.</param>
public sealed record KernelConfirmation(string Module, int Cells, double SlackNs, double OpenStaSlackNs)
{
    /// <summary>By how many ps the two may differ.</summary>
    public const double MostPs = 10;

    /// <summary>By how many ps the two differ.</summary>
    public double DifferencePs => Math.Abs(SlackNs - OpenStaSlackNs) * 1000;
}
