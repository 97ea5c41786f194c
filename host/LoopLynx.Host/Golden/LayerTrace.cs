namespace LoopLynx.Host;

/// <summary>Every intermediate vector of one block and one token, by step, for comparing a kernel of the hardware alone.</summary>
public sealed class LayerTrace
{
    private readonly Dictionary<string, StepTrace> _steps = [];

    /// <summary>The vectors of a step.</summary>
    /// <param name="step">Name of the step.</param>
    public StepTrace this[string step] => _steps[step];

    internal void Record(string step, StepTrace trace) => _steps[step] = trace;
}
