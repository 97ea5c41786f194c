using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Checks;

/// <summary>
/// Nothing samples state of another clock except library parts, which mark their registers and read ports (<see cref="CrossingKind"/>).
/// HDL0207: something else does. HDL0208: an input of the top is sampled by two clocks. HDL0209: logic before a synchroniser. HDL0212: a reset of two kinds.
/// </summary>
/// <remarks>
/// A definition is looked at once, children first; what its clocks do at its ports stands for it in its parents. A design with one clock isn't looked at at all.
/// Values are followed whole: a bit that is cut out of a value of two clocks counts as both.
/// </remarks>
internal sealed class CrossingCheck(List<Diagnostic> diagnostics)
{
    private readonly Dictionary<Definition, ClockInterface> _known = [];

    /// <summary>Checks a design.</summary>
    /// <param name="definitions">All definitions, children first; the top is the last.</param>
    /// <param name="diagnostics">Takes the mistakes.</param>
    public static void Run(IReadOnlyList<Definition> definitions, List<Diagnostic> diagnostics)
    {
        var top = definitions[^1];
        CheckResets(top, diagnostics);
        if (top.Domains.Select(d => d.Clock).Distinct().Count() > 1)
        {
            var check = new CrossingCheck(diagnostics);
            foreach (var definition in definitions)
            {
                check._known[definition] = check.Look(definition);
            }

            check.CheckInputs(top);
        }
    }

    /// <summary>What the clocks of a design do at the ports of its top.</summary>
    public static ClockInterface Interface(IReadOnlyList<Definition> definitions)
    {
        var check = new CrossingCheck([]);
        foreach (var definition in definitions)
        {
            check._known[definition] = check.Look(definition);
        }

        return check._known[definitions[^1]];
    }

    private static void CheckResets(Definition top, List<Diagnostic> diagnostics)
    {
        foreach (var domains in top.Domains.GroupBy(d => d.Reset).Where(g => g.DistinctBy(d => (d.AsynchronousReset, d.ActiveLowReset)).Count() > 1))
        {
            diagnostics.Add(new Diagnostic("HDL0212", $"reset '{domains.Key}' is of two kinds: {string.Join(" and ", domains.Select(d => $"{Kind(d)} of clock '{d.Clock}'"))}",
                top.Location, top.ModuleType, [], "give one of them another name, or make them equal in AsynchronousReset and ActiveLowReset"));
        }
    }

    private static string Kind(ClockDomain domain) => $"{(domain.AsynchronousReset ? "asynchronous" : "synchronous")}, active {(domain.ActiveLowReset ? "low" : "high")}";

    private ClockInterface Look(Definition definition)
    {
        var samplers = definition.Ports.Where(p => p.Direction == PortDirection.Input).ToDictionary(p => p.Name, _ => new List<ClockEndpoint>());
        foreach (var group in ClockSampler.Of(definition, _known).GroupBy(s => (s.Target.Clock, s.Target.Crossing)))
        {
            Check(definition, [.. group], samplers);
        }

        var outputs = definition.Ports.Where(p => p.Direction == PortDirection.Output)
            .ToDictionary(p => p.Name, p => new ClockCone(_known, [(p.Node, false)]));
        return new ClockInterface(
            samplers.ToDictionary(s => s.Key, s => (IReadOnlyList<ClockEndpoint>)s.Value),
            outputs.ToDictionary(o => o.Key, o => (IReadOnlyList<ClockEndpoint>)[.. o.Value.Sources.Select(s => s.Source).DistinctBy(s => (s.Clock, s.ThroughLogic))]),
            outputs.ToDictionary(o => o.Key, o => (IReadOnlyList<(string, bool)>)[.. o.Value.Inputs.Select(i => (i.Node.Name!, i.ThroughLogic))]));
    }

    /// <summary>Samplers of one clock and kind at once: mistakes are rare, so only then each is looked at alone.</summary>
    private void Check(Definition definition, List<ClockSampler> group, Dictionary<string, List<ClockEndpoint>> inputs)
    {
        var cone = Cone(group);
        if (cone.Sources.Concat(group.SelectMany(s => s.Rows, (_, r) => (Source: r, default(ClockCone.Visit)))).Any(s => IsWrong(group[0].Target, s.Source)))
        {
            foreach (var sampler in group)
            {
                Report(definition, sampler);
            }
        }

        var byRoot = group.SelectMany(s => s.Roots, (s, root) => (s.Target, root)).ToLookup(s => s.root, s => s.Target);
        foreach (var input in cone.Inputs)
        {
            var target = byRoot[cone.Way(input)[^1]].First();
            inputs[input.Node.Name!].Add(target with { ThroughLogic = target.ThroughLogic || input.ThroughLogic });
        }
    }

    private ClockCone Cone(IEnumerable<ClockSampler> samplers) => new(_known, samplers.SelectMany(s => s.Roots, (s, root) => (root, s.Target.ThroughLogic)));

    private static bool IsWrong(ClockEndpoint target, ClockEndpoint source) =>
        source.Clock != target.Clock && (target.Crossing != CrossingKind.Synchroniser || source.ThroughLogic);

    private void Report(Definition definition, ClockSampler sampler)
    {
        var cone = Cone([sampler]);
        foreach (var rows in sampler.Rows.Where(r => IsWrong(sampler.Target, r)))
        {
            Report(definition, sampler.Target, rows, $"{rows.Path} -> {sampler.Target.Path}");
        }

        foreach (var (source, at) in cone.Sources.Where(s => IsWrong(sampler.Target, s.Source)).DistinctBy(s => (s.Source.Clock, s.Source.Path)))
        {
            var ports = definition.Instances.SelectMany(i => i.Inputs, (i, input) => (input.Value, Name: $"{i.Name}.{input.Port.Name}")).ToLookup(i => i.Value, i => i.Name);
            var way = cone.Way(at).Select(n => ports[n].FirstOrDefault() ?? (n is InstanceOutputNode o ? $"{o.Instance.Name}.{o.Port.Name}" : n.Name));
            IEnumerable<string?> names = [source.Path, .. way, sampler.Target.Path];
            Report(definition, sampler.Target, source, string.Join(" -> ", names.Where(n => !string.IsNullOrEmpty(n)).Distinct()));
        }
    }

    private void Report(Definition definition, ClockEndpoint target, ClockEndpoint source, string way)
    {
        (string, SourceLocation)[] related = source.Location.IsKnown ? [($"{source} of clock '{source.Clock}'", source.Location)] : [];
        diagnostics.Add(target.Crossing == CrossingKind.Synchroniser
            ? new Diagnostic("HDL0209", $"logic lies between {source} of clock '{source.Clock}' and the synchroniser '{target.Path}' of clock '{target.Clock}': {way}",
                target.Location, definition.ModuleType, related, $"logic glitches, and a synchroniser may take a glitch: register the value with clock '{source.Clock}' first, then synchronise it")
            : new Diagnostic("HDL0207", $"{target} of clock '{target.Clock}' samples {source} of clock '{source.Clock}': {way}",
                target.Location, definition.ModuleType, related, source.Type.IsBit
                    ? "let a bit cross with Synchronise, a pulse with SynchronisePulse, a stream with Cross or CrossByHandshake"
                    : "let a stream of values cross with Cross or CrossByHandshake; the bits of a value can't be synchronised one by one"));
    }

    /// <summary>An input of the top belongs to the clock that samples it. Through a synchroniser it may go to any.</summary>
    private void CheckInputs(Definition top)
    {
        foreach (var port in top.Ports.Where(p => p.Direction == PortDirection.Input))
        {
            var targets = _known[top].Samplers[port.Name].Where(t => t.Crossing != CrossingKind.Synchroniser).DistinctBy(t => t.Clock).ToList();
            if (targets.Count > 1)
            {
                diagnostics.Add(new Diagnostic("HDL0208", $"input '{port.Name}' is sampled by {string.Join(" and by ", targets.Select(t => $"{t} of clock '{t.Clock}'"))}",
                    port.Node.Location, top.ModuleType, [.. targets.Where(t => t.Location.IsKnown).Select(t => ($"{t} of clock '{t.Clock}'", t.Location))],
                    "an input belongs to the one clock that samples it: give each clock an input of its own, or let it cross inside with a synchroniser, Cross or CrossByHandshake"));
            }
        }
    }
}
