using System.Collections.Immutable;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Hdl.Passes;

namespace LoopLynx.Hdl.Coverage;

/// <summary>
/// A design with registers that remember what happened at the edges outside reset, for any engine to run: coverage is a pass over the netlist, and costs nothing in a design that hasn't been through it.
/// The points follow from the design alone. The design's ports and behaviour stay as they are, but a design without a clock gets one.
/// </summary>
public sealed class CoverageDesign
{
    private CoverageDesign(Design original, Design design, ImmutableArray<CoveredDefinition> definitions, PortInfo? readPort) =>
        (Original, Design, Definitions, ReadPort) = (original, design, definitions, readPort);

    /// <summary>The design as it was.</summary>
    public Design Original { get; }

    /// <summary>The design to run.</summary>
    public Design Design { get; }

    /// <summary>The points of each definition, children before parents.</summary>
    public ImmutableArray<CoveredDefinition> Definitions { get; }

    /// <summary>With <see cref="CoverageOptions.ReadPort"/>, the output of the top that shows all registers; else null.</summary>
    public PortInfo? ReadPort { get; }

    /// <summary>Adds the registers to every definition of a design.</summary>
    public static CoverageDesign Of(Design design, CoverageOptions? options = null)
    {
        options ??= new CoverageOptions();
        var fallback = design.Top.Domains.IsEmpty ? ClockDomain.Default : design.Top.Domains[0];
        var covered = new Dictionary<Definition, CoveredDefinition>();
        var ports = new Dictionary<Definition, PortInfo>();
        foreach (var definition in design.Definitions)
        {
            covered[definition] = Cover(definition, child => covered[child].Definition, fallback, options, ports);
        }

        var definitions = design.Definitions.Select(d => covered[d]).ToImmutableArray();
        var top = covered[design.Top].Definition;
        return new CoverageDesign(design, new Design(top, [.. definitions.Select(d => d.Definition)]), definitions, ports.GetValueOrDefault(top));
    }

    /// <summary>Every instance of a covered definition by its path; the top's is empty. In the order of <see cref="ReadPort"/>'s bits: a definition before its instances.</summary>
    public IEnumerable<(string Path, CoveredDefinition Definition)> Instances()
    {
        var byDefinition = Definitions.ToDictionary(d => d.Definition);
        IEnumerable<(string, CoveredDefinition)> Below(string path, Definition definition) =>
            definition.Instances.SelectMany(i => Below(path.Length == 0 ? i.Name : $"{path}.{i.Name}", i.Definition)).Prepend((path, byDefinition[definition]));
        return Below("", Design.Top);
    }

    private static CoveredDefinition Cover(Definition source, Func<Definition, Definition> child, ClockDomain fallback, CoverageOptions options, Dictionary<Definition, PortInfo> ports)
    {
        var copy = new DefinitionCopy(source, child);
        var registers = new ProbeRegisters(copy);
        var points = new PointList(registers);
        IReadOnlyList<ClockDomain> clocks = source.Domains.IsEmpty ? [fallback] : source.Domains;
        if (!options.LeftOut.Contains(source.ModuleType))
        {
            FindPoints(source, copy, registers, points, clocks, options);
        }

        var probes = points.Place();
        var port = options.ReadPort ? AddReadPort(copy, registers, ports) : null;
        var definition = copy.Finish(clocks);
        if (port is not null)
        {
            ports[definition] = port;
        }

        return new CoveredDefinition(definition, CoveredDefinition.HashOf(source, points.Items), points.Items, probes, [.. registers.Registers]);
    }

    private static void FindPoints(
        Definition source, DefinitionCopy copy, ProbeRegisters registers, PointList points, IReadOnlyList<ClockDomain> clocks, CoverageOptions options)
    {
        new StatementPoints(copy, points, clocks).Find(source);
        MultiplexerPoints.Find(source, copy, points, clocks);
        foreach (var cover in source.Assertions.Where(a => a.Kind == AssertionKind.Cover))
        {
            points.Add(CoverageKind.Cover, cover.Message, cover.Location, [cover.Domain], copy.Map[cover.Condition]);
        }

        StatePoints.Find(source, copy, points);
        if (options.Toggles)
        {
            new TogglePoints(copy, registers, points, clocks).Find(source);
        }
    }

    // Bit 0 is the first register's bit 0, lane 0; the instances' bits follow.
    private static PortInfo? AddReadPort(DefinitionCopy copy, ProbeRegisters registers, Dictionary<Definition, PortInfo> ports)
    {
        var parts = registers.Registers.Select(r => copy.Arena.Reinterpret(new HdlType(r.Type.Bits, false), r)).ToList();
        foreach (var instance in copy.Instances)
        {
            if (ports.TryGetValue(instance.Definition, out var port))
            {
                parts.Add(copy.Arena.Add(new InstanceOutputNode(instance, port) { Name = copy.Unique($"{instance.Name}_{port.Name}") }));
            }
        }

        parts.Reverse();
        return parts.Count == 0 ? null
            : copy.AddOutput("coverage", parts.Count == 1 ? parts[0] : copy.Arena.Concat(new HdlType(parts.Sum(p => p.Type.Width), false), [.. parts]));
    }
}
