using System.Collections.Immutable;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Compiled.Emission;
using LoopLynx.Sim.Compiled.Lowering;
using LoopLynx.Sim.Compiled.Planning;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled;

/// <summary>
/// Flat definition to C# text. The passes in order: <see cref="Lowerer"/>, <see cref="LanePacker"/>; then for each function <see cref="EnableBranches"/>, <see cref="StepBuilder"/> (fusion),
/// <see cref="StepOrder"/> (updates in place, groups that sleep), <see cref="MethodPartition"/>; then <see cref="FunctionEmitter"/>.
/// </summary>
internal sealed class KernelGenerator
{
    /// <summary>Name of the generated class.</summary>
    public const string ClassName = "Kernel";

    private readonly StateLayout _layout;
    private readonly CompiledOptions _options;
    private readonly PrivateRegion _memory;
    private readonly CSharpWriter _writer = new();
    private readonly VectorSupport _vectors;
    private readonly Planner _planner;
    private readonly Lowered _lowered;
    private readonly ImmutableArray<ClockDomain>? _joint;
    private readonly CancellationToken _cancel;

    /// <param name="layout">Of the flat definition.</param>
    /// <param name="options">Which optimisations.</param>
    /// <param name="joint">Domains whose edges come together: <see cref="Kernel.Tick"/> is an edge of these only, and there are no edges of single domains; null: all domains.</param>
    /// <param name="cancel">Ends the passes.</param>
    public KernelGenerator(StateLayout layout, CompiledOptions options, ImmutableArray<ClockDomain>? joint, CancellationToken cancel)
    {
        (_joint, _cancel) = (joint, cancel);
        (_layout, _options) = (layout, options);
        _memory = new PrivateRegion(layout.Size);
        _vectors = new VectorSupport(options);
        _lowered = Lowerer.Run(layout, _vectors.IsEnabled);
        cancel.ThrowIfCancellationRequested();
        if (options.Packing && _vectors.IsEnabled)
        {
            _lowered = LanePacker.Run(_lowered, layout, options.Planted);
        }

        _planner = new Planner(_lowered.Values, options, _vectors.Supports);
        Failure = _memory.Place(sizeof(int));
        Write();
        Source = _writer.ToString();
    }

    /// <summary>The C# compilation unit.</summary>
    public string Source { get; }

    /// <summary>Operations after sharing equal ones.</summary>
    public int Values => _lowered.Values.Count;

    /// <summary>Lines of <see cref="Source"/>.</summary>
    public int Lines => _writer.Lines;

    /// <summary>Offset of the number of the claim that failed, plus one; 0 is none.</summary>
    public int Failure { get; }

    /// <summary>Bytes of the state block and the private region behind it.</summary>
    public int Size => _memory.Size;

    /// <summary>Bytes that are all 1 to wake every part of the next cycle.</summary>
    public (int Offset, int Bytes) Wakes { get; private set; }

    /// <summary>Constants of the private region.</summary>
    public IReadOnlyList<(int Offset, byte[] Bytes)> Image => _memory.Image;

    /// <summary>Name of the function that moves one domain over an edge.</summary>
    public static string TickName(int domain) => $"Tick{domain}_";

    /// <summary>Name of the function that checks the claims of one domain.</summary>
    public static string CheckName(int domain) => $"Check{domain}_";

    private void Write()
    {
        foreach (var name in (string[])["System", "System.Runtime.CompilerServices", "System.Runtime.Intrinsics", "System.Runtime.Intrinsics.X86", "LoopLynx.Sim.Compiled"])
        {
            _writer.Line($"using {name};");
        }

        _writer.Line("[module: SkipLocalsInit]");
        _writer.Open($"public static unsafe class {ClassName}");
        var plans = Functions().ToList();
        var table = new WakeTable([.. plans.Select(p => p.Plan)], _options.Planted);
        var wakes = new WakeCode(table, _memory, _writer);
        Wakes = (wakes.Next, wakes.Bytes);
        foreach (var (plan, resets) in plans)
        {
            Emit(plan, resets, wakes);
        }

        wakes.WriteInputs(_lowered.Values.Where(v => v.Kind == ValueKind.State), _layout, _memory);
        WriteRun([.. plans.Select(p => p.Plan)]);
        _writer.Close();
    }

    private IEnumerable<(FunctionPlan Plan, ImmutableArray<ClockDomain> Resets)> Functions()
    {
        var domains = _layout.Flat.Domains;

        // An edge of one clock of several changes what functions of other edges read, and they would have to be told.
        var sleeps = _options.Sleep && domains.Length == 1 && _joint is null;
        yield return (Plan("Settle", _lowered.Outputs, null), []);
        var all = _joint ?? domains;
        var tick = Plan("Tick", Edge(all), sleeps ? _options.SleepStatements : null);
        yield return (tick, all);
        for (var d = 0; d < domains.Length; d++)
        {
            var domain = domains[d];
            if (domains.Length > 1 && _joint is null)
            {
                ImmutableArray<ClockDomain> edge = [.. domains.Where(other => other.Clock == domain.Clock)];
                yield return (Plan(TickName(d), Edge(edge), null), edge);
            }

            // Claims of parts that a register resets are looked at with the clock's first domain. Nobody calls it where claims aren't checked.
            var isFirst = domains.First(other => other.Clock == domain.Clock) == domain;
            bool IsOf(ClockDomain claim) => claim == domain || (isFirst && IsOfPart(claim, domain));
            var checks = _lowered.Checks.Where(c => _options.CheckAssertions && IsOf(c.Claim.Domain));
            yield return (Plan(CheckName(d), [.. checks], tick.Sleeps ? 0 : null), []);
        }
    }

    private List<Sink> Edge(ImmutableArray<ClockDomain> domains) => [
        .. _lowered.Registers.Where(r => Ticks(domains, r.Register.Domain)),
        .. _lowered.Reads.Where(r => Ticks(domains, r.Read.Domain)),
        .. _lowered.Writes.Where(w => Ticks(domains, w.Memory.Writes[w.Port].Domain))];

    private bool Ticks(ImmutableArray<ClockDomain> domains, ClockDomain domain) => domains.Any(d => d == domain || IsOfPart(domain, d));

    private bool IsOfPart(ClockDomain domain, ClockDomain clock) => domain.Clock == clock.Clock && _layout.Flat.PartResets.Any(p => p.Domain == domain);

    private FunctionPlan Plan(string name, IReadOnlyList<Sink> sinks, int? sleeps)
    {
        _cancel.ThrowIfCancellationRequested();
        return _planner.Plan(name, sinks, sleeps);
    }

    private void Emit(FunctionPlan plan, ImmutableArray<ClockDomain> resets, WakeCode wakes)
    {
        _cancel.ThrowIfCancellationRequested();
        if (wakes.Bytes > 0)
        {
            _memory.Separate();
        }

        var context = new StepContext(plan, _layout, _memory, _writer);
        new FunctionEmitter(plan, context, new StepEmitter(context, _vectors, Failure), wakes).Emit(() =>
        {
            var code = new ResetCode(_layout, _memory, _writer, wakes);
            ClockDomain[] moved = [.. _layout.Resets(resets)];
            foreach (var domain in moved)
            {
                code.Emit(domain);
            }

            code.EmitStages(moved);
        });
    }

    // Runs up to n cycles; stops before the edge at which a claim fails. Returns the cycles done.
    private void WriteRun(IReadOnlyList<FunctionPlan> plans)
    {
        FunctionPlan Named(string name) => plans.First(p => p.Name == name);
        var tick = Named("Tick");
        _writer.Line(FunctionEmitter.Attributes);
        _writer.Open("public static long Run(byte* s, long n)");
        _writer.Open("for (long i = 0; i < n; i++)");
        if (tick.Sleeps)
        {
            // Claims are looked at between two edges, so for both functions.
            _writer.Line($"{WakeCode.Inputs}(s);");
        }

        if (_options.CheckAssertions && _lowered.Checks.Count > 0)
        {
            for (var d = 0; d < _layout.Flat.Domains.Length; d++)
            {
                _writer.Line($"{Named(CheckName(d)).AwakeName}(s);");
            }

            _writer.Line($"if ({new Address("s", Failure).Element("int")} != 0) return i;");
        }

        _writer.Line($"{tick.AwakeName}(s);");
        _writer.Close();
        _writer.Line("return n;");
        _writer.Close();
    }
}
