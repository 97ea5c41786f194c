using System.Collections.Immutable;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Compiled.Emission;
using LoopLynx.Sim.Compiled.Lowering;
using LoopLynx.Sim.Compiled.Planning;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled;

/// <summary>
/// Flat definition to C# text. The passes in order: <see cref="Lowerer"/>, <see cref="LanePacker"/>; then for each function <see cref="EnableBranches"/>, <see cref="StepBuilder"/> (fusion),
/// <see cref="StepOrder"/> (updates in place), <see cref="MethodPartition"/>; then <see cref="FunctionEmitter"/>.
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
        _lowered = Lowerer.Run(layout.Flat, _vectors.IsEnabled);
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
        var domains = _layout.Flat.Domains;
        Function("Settle", _lowered.Outputs, []);
        var all = _joint ?? domains;
        Function("Tick", Edge(all), all);
        for (var d = 0; d < domains.Length; d++)
        {
            var domain = domains[d];
            if (domains.Length > 1 && _joint is null)
            {
                ImmutableArray<ClockDomain> edge = [.. domains.Where(other => other.Clock == domain.Clock)];
                Function(TickName(d), Edge(edge), edge);
            }

            // Claims of parts that a register resets are looked at with the clock's first domain.
            var isFirst = domains.First(other => other.Clock == domain.Clock) == domain;
            Function(CheckName(d), [.. _lowered.Checks.Where(c => c.Claim.Domain == domain || (isFirst && IsOfPart(c.Claim.Domain, domain)))], []);
        }

        WriteRun(domains.Length);
        _writer.Close();
    }

    private List<Sink> Edge(ImmutableArray<ClockDomain> domains) => [
        .. _lowered.Registers.Where(r => Ticks(domains, r.Register.Domain)),
        .. _lowered.Reads.Where(r => Ticks(domains, r.Read.Domain)),
        .. _lowered.Writes.Where(w => Ticks(domains, w.Memory.Writes[w.Port].Domain))];

    private bool Ticks(ImmutableArray<ClockDomain> domains, ClockDomain domain) => domains.Any(d => d == domain || IsOfPart(domain, d));

    private bool IsOfPart(ClockDomain domain, ClockDomain clock) => domain.Clock == clock.Clock && _layout.Flat.PartResets.Any(p => p.Domain == domain);

    private void Function(string name, IReadOnlyList<Sink> sinks, ImmutableArray<ClockDomain> resets)
    {
        _cancel.ThrowIfCancellationRequested();
        var plan = _planner.Plan(name, sinks);
        _cancel.ThrowIfCancellationRequested();
        var context = new StepContext(plan, _layout, _memory, _writer);
        new FunctionEmitter(plan, context, new StepEmitter(context, _vectors, Failure)).Emit(() =>
        {
            var code = new ResetCode(_layout, _memory, _writer);
            ClockDomain[] moved = [.. _layout.Resets(resets)];
            foreach (var domain in moved)
            {
                code.Emit(domain);
            }

            code.EmitStages(moved);
        });
    }

    // Runs up to n cycles; stops before the edge at which a claim fails. Returns the cycles done.
    private void WriteRun(int domains)
    {
        _writer.Line(FunctionEmitter.Attributes);
        _writer.Open("public static long Run(byte* s, long n)");
        _writer.Open("for (long i = 0; i < n; i++)");
        if (_options.CheckAssertions && _lowered.Checks.Count > 0)
        {
            for (var d = 0; d < domains; d++)
            {
                _writer.Line($"{CheckName(d)}(s);");
            }

            _writer.Line($"if ({new Address("s", Failure).Element("int")} != 0) return i;");
        }

        _writer.Line("Tick(s);");
        _writer.Close();
        _writer.Line("return n;");
        _writer.Close();
    }
}
