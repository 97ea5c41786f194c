using System.Collections.Immutable;
using LoopLynx.Hdl.Checks;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Hdl.Passes;

namespace LoopLynx.Hdl;

/// <summary>
/// Turns a module object into a <see cref="Design"/>: builds each distinct definition once, resolves assignments, runs the checks.
/// Every mistake found is collected and thrown as one <see cref="DesignException"/>.
/// </summary>
public sealed class Elaborator
{
    private readonly Dictionary<string, Definition> _byKey = [];
    private readonly Dictionary<string, Definition> _byText = [];
    private readonly List<Definition> _definitions = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Diagnostic> _diagnostics = [];

    private Elaborator()
    {
    }

    /// <summary>Elaborates the design under <paramref name="top"/>.</summary>
    /// <exception cref="DesignException">The design has mistakes.</exception>
    public static Design Elaborate(Module top)
    {
        var elaborator = new Elaborator();
        top.Claim();
        var definition = elaborator.Define(top);
        return elaborator._diagnostics.Count > 0
            ? throw new DesignException([.. elaborator._diagnostics])
            : new Design(definition, [.. elaborator._definitions]);
    }

    private Definition Define(Module module)
    {
        var key = module.DefinitionKey();
        if (key is not null && _byKey.TryGetValue(key, out var known))
        {
            return known;
        }

        var builder = new Builder(module);
        Builder.Enter(builder);
        try
        {
            builder.DeclarePorts();
            module.RunBuild();
        }
        catch (DesignException)
        {
            _diagnostics.AddRange(builder.Diagnostics);
            throw new DesignException([.. _diagnostics]);
        }
        finally
        {
            Builder.Leave();
        }

        var values = ResolveAssignments.Run(builder.Arena, builder.Body);
        foreach (var (child, instance) in builder.Instances)
        {
            instance.Definition = Define(child);
        }

        var definition = Freeze(builder, values);
        _diagnostics.AddRange(builder.Diagnostics);
        var text = NetlistText.Body(definition);
        if (_byText.TryGetValue(text, out var equal))
        {
            definition = equal;
        }
        else
        {
            definition = Rename(definition);
            _byText.Add(text, definition);
            _definitions.Add(definition);
        }

        if (key is not null)
        {
            _byKey[key] = definition;
        }

        return definition;
    }

    private static Definition Freeze(Builder builder, Dictionary<Node, Node?> values)
    {
        var driven = DriverCheck.Run(builder, values);
        foreach (var (child, instance) in builder.Instances)
        {
            instance.Inputs = [.. instance.Definition.Ports.Where(p => p.Direction == PortDirection.Input)
                .Select(p => (p, builder.ResolvePort(child.Ports.First(c => c.Name == p.Name))))];
        }

        foreach (var output in builder.Arena.Nodes.OfType<InstanceOutputNode>())
        {
            output.Port = output.Instance.Definition.Port(output.Port.Name);
        }

        var instances = builder.Instances.Values.ToImmutableArray();
        var domains = builder.Arena.Nodes.Select(n => n switch
        {
            RegisterNode r => r.Domain,
            MemoryReadNode { Synchronous: true } m => m.Domain,
            _ => null,
        }).Concat(builder.Memories.SelectMany(m => m.Writes).Select(w => w.Domain))
            .Concat(builder.Assertions.Select(a => a.Domain))
            .Concat(instances.SelectMany(i => i.Definition.Domains))
            .OfType<ClockDomain>().Distinct().OrderBy(d => d.Clock, StringComparer.Ordinal);
        var definition = new Definition
        {
            Name = builder.ModuleName,
            ModuleType = builder.Module.GetType().Name,
            Summary = builder.Module.Summary,
            Ports = [.. builder.Module.Ports.Select(p => new PortInfo(p.Name, p.Direction, p.Type) { Node = builder.ResolvePort(p) })],
            Nodes = [.. builder.Arena.Nodes],
            Memories = [.. builder.Memories],
            Instances = instances,
            Body = [.. builder.Body],
            Assertions = [.. builder.Assertions],
            Domains = [.. domains],
            Location = builder.Body.Select(s => s.Location).FirstOrDefault(l => l.IsKnown),
        };
        LoopCheck.Run(builder, definition);
        if (driven)
        {
            UseCheck.Run(builder, definition);
        }

        return definition;
    }

    // Definitions of one class with different contents: the first keeps the class's name, later ones get a number.
    private Definition Rename(Definition definition)
    {
        var name = Identifiers.Clean(definition.ModuleType.Split('`')[0]);
        for (var suffix = 2; !_names.Add(name); suffix++)
        {
            name = $"{Identifiers.Clean(definition.ModuleType.Split('`')[0])}_{suffix}";
        }

        return definition.WithName(name);
    }
}
