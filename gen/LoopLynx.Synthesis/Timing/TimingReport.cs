namespace LoopLynx.Synthesis.Timing;

/// <summary>A static timing analysis before placement.</summary>
/// <param name="ClockMhz">The clock that is asked for.</param>
/// <param name="WorstSlackNs">Slack of the worst endpoint with typical nets.</param>
/// <param name="FmaxMhz">The clock at which that is 0.</param>
/// <param name="Models">Each wire model's result.</param>
/// <param name="Constant">Endpoints that only constants reach.</param>
/// <param name="Untimed">Endpoints about which nothing can be said; must be 0.</param>
/// <param name="OverLevels">Endpoints behind more look-up tables than <see cref="Levels"/> allows.</param>
/// <param name="OverFanout">Nets with more loads than <see cref="FanOut"/> allows.</param>
/// <param name="CombinationalThrough">Outputs of kernels that depend on an input of theirs without a register.</param>
/// <param name="Kernels">Each kernel's worst path.</param>
/// <param name="Paths">The worst paths, of those between the same registers one only.</param>
/// <param name="EndpointKinds">Timed endpoints by cell and port.</param>
/// <param name="UntimedNames">The first untimed endpoints.</param>
/// <param name="WideNets">The widest nets over the limit.</param>
/// <param name="ThroughNames">The outputs behind <see cref="CombinationalThrough"/>.</param>
public sealed record TimingReport(
    double ClockMhz, double WorstSlackNs, double FmaxMhz, IReadOnlyList<ModelResult> Models, int Constant, int Untimed, int OverLevels, int OverFanout,
    int CombinationalThrough,
    IReadOnlyList<KernelTiming> Kernels, IReadOnlyList<TimingPath> Paths, IReadOnlyDictionary<string, int> EndpointKinds, IReadOnlyList<string> UntimedNames,
    IReadOnlyList<string> WideNets, IReadOnlyList<string> ThroughNames)
{
    /// <summary>What every page and table of it must say.</summary>
    public const string Label = "analytical, before placement";

    /// <summary>Whether the design passes: every model, every endpoint, and none of the counts above 0.</summary>
    public bool Passes => Models.All(m => m.Failing == 0 || m.Name == "ideal") && Untimed + OverLevels + OverFanout + CombinationalThrough == 0;
}
