namespace LoopLynx.Synthesis.Timing;

/// <summary>What one wire model says.</summary>
/// <param name="Name">The model.</param>
/// <param name="WorstSlackNs">Slack of the worst endpoint.</param>
/// <param name="Failing">Endpoints with a negative slack.</param>
/// <param name="Endpoints">Timed endpoints.</param>
public sealed record ModelResult(string Name, double WorstSlackNs, int Failing, int Endpoints);
