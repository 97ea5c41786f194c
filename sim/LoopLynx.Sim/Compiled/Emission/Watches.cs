using LoopLynx.Sim.Compiled.Planning;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>What changed in one method: a local for each set of groups that its stores can wake, looked at when the method ends.</summary>
internal sealed class Watches
{
    private readonly WakeCode _wakes;
    private readonly Dictionary<Wake, string> _locals = [];

    /// <summary>Declares the locals at the top of the method.</summary>
    /// <param name="wakes">Wakes groups.</param>
    /// <param name="steps">All steps of the method.</param>
    /// <param name="writer">Inside the method.</param>
    public Watches(WakeCode wakes, IEnumerable<Step> steps, CSharpWriter writer)
    {
        _wakes = wakes;
        foreach (var wake in steps.Select(wakes.Of).Where(w => !w.Groups.IsZero))
        {
            if (_locals.TryAdd(wake, $"changed{_locals.Count}"))
            {
                writer.Line($"ulong {_locals[wake]} = 0;");
            }
        }
    }

    /// <summary>The local that tells whether a step's stores changed anything; null where nobody wants to know.</summary>
    public string? Of(Step step) => _locals.GetValueOrDefault(_wakes.Of(step));

    /// <summary>Wakes groups at the end of the method.</summary>
    public void End()
    {
        foreach (var (wake, local) in _locals)
        {
            _wakes.If(local, wake);
        }
    }
}
