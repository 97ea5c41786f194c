using LoopLynx.Sim.Compiled.Planning;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>What changed in one method: a watch for each set of groups that its stores can wake, looked at when the method ends.</summary>
internal sealed class Watches
{
    private readonly WakeCode _wakes;
    private readonly CSharpWriter _writer;
    private readonly int _top;
    private readonly Dictionary<Wake, Watch> _watches = [];

    /// <summary>Begins at the top of the method.</summary>
    /// <param name="wakes">Wakes groups.</param>
    /// <param name="steps">All steps of the method.</param>
    /// <param name="writer">Inside the method.</param>
    public Watches(WakeCode wakes, IEnumerable<Step> steps, CSharpWriter writer)
    {
        (_wakes, _writer, _top) = (wakes, writer, writer.Mark());
        foreach (var wake in steps.Select(wakes.Of).Where(w => !w.Groups.IsZero))
        {
            _watches.TryAdd(wake, new Watch($"changed{_watches.Count}"));
        }
    }

    /// <summary>The watch of a step's stores; null where nobody wants to know whether they change anything.</summary>
    public Watch? Of(Step step) => _watches.GetValueOrDefault(_wakes.Of(step));

    /// <summary>Wakes groups at the end of the method, and declares at its top what it has used.</summary>
    public void End()
    {
        foreach (var line in _watches.Values.SelectMany(watch => watch.Fold()))
        {
            _writer.Line(line);
        }

        _wakes.If([.. _watches.Select(w => (w.Value.Word, w.Key))]);
        _writer.Insert(_top, _watches.Values.SelectMany(watch => watch.Declarations));
    }
}
