using System.Collections.Immutable;
using LoopLynx.Hdl.Checks;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Hdl.Passes;

namespace LoopLynx.Hdl;

/// <summary>
/// Turns a module object into a <see cref="Design"/>: builds each distinct definition once, resolves assignments, runs the checks.
/// Every mistake found is collected and thrown as one <see cref="DesignException"/>, in the order in which modules are built: parents first.
/// </summary>
public sealed class Elaborator
{
    private const int MaxDepth = 256;
    private readonly Dictionary<string, Definition> _byKey = [];
    private readonly Dictionary<string, Definition> _byText = [];
    private readonly List<Definition> _definitions = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly Stack<(string? Key, string Name)> _open = [];

    private Elaborator()
    {
    }

    /// <summary>Elaborates the design under <paramref name="top"/>.</summary>
    /// <exception cref="DesignException">The design has mistakes.</exception>
    public static Design Elaborate(Module top) => Elaborate(top, ElaborationOptions.Default);

    /// <summary>Elaborates the design under <paramref name="top"/>, with checks that it asks for.</summary>
    /// <exception cref="DesignException">The design has mistakes.</exception>
    public static Design Elaborate(Module top, ElaborationOptions options) => Elaborate(top, options, checkClocks: true);

    /// <summary>As <see cref="Elaborate(Module)"/>, but anything may sample any clock: for tests of engines, whose designs are random.</summary>
    internal static Design ElaborateUnchecked(Module top) => Elaborate(top, ElaborationOptions.Default, checkClocks: false);

    private static Design Elaborate(Module top, ElaborationOptions options, bool checkClocks)
    {
        var elaborator = new Elaborator();
        top.Claim();
        var definition = elaborator.Define(top, default, top.GetType().Name);
        if (checkClocks)
        {
            CrossingCheck.Run(elaborator._definitions, elaborator._diagnostics);
        }

        if (options.RegisteredDepth is { } depth)
        {
            PassageCheck.Run(definition, depth, elaborator._diagnostics);
        }

        if (options.MostResetLoads is { } loads && definition.Domains is [{ AsynchronousReset: false, ActiveLowReset: false }])
        {
            ResetTree.Run(elaborator._definitions, loads);
        }

        return elaborator._diagnostics.Count > 0
            ? throw new DesignException([.. elaborator._diagnostics])
            : new Design(definition, [.. elaborator._definitions]);
    }

    private Definition Define(Module module, SourceLocation location, string path)
    {
        var key = DefinitionKey.Of(module);
        if (key is not null && _byKey.TryGetValue(key, out var known))
        {
            return known;
        }

        var builder = new Builder(module, _diagnostics) { Path = path };
        Enter(builder, key, location);
        Build(builder);
        var values = ResolveAssignments.Run(builder.Arena, builder.Body);
        foreach (var (child, instance) in builder.Instances)
        {
            instance.Definition = Define(child, instance.Location, $"{path}.{instance.Name}");
        }

        _open.Pop();
        var definition = Share(Freeze(builder, values));
        if (key is not null)
        {
            _byKey[key] = definition;
        }

        return definition;
    }

    private void Enter(Builder builder, string? key, SourceLocation location)
    {
        if (_open.Count == MaxDepth || (key is not null && _open.Any(outer => outer.Key == key)))
        {
            throw builder.Fatal("HDL0120", $"{builder.ModuleName} contains itself: {string.Join(" -> ", _open.Reverse().Take(8).Select(outer => outer.Name))} -> {builder.ModuleName}",
                "end the recursion with a smaller parameter", location);
        }

        _open.Push((key, builder.ModuleName));
    }

    private static void Build(Builder builder)
    {
        Builder.Enter(builder);
        try
        {
            builder.DeclarePorts();
            builder.Module.RunBuild();
            builder.Finish();
        }
        catch (HdlException mistake) when (mistake is not DesignException)
        {
            builder.Report(mistake.Code, mistake.Detail, mistake.Location, mistake.Help);
            throw new DesignException([.. builder.Diagnostics]);
        }
        finally
        {
            Builder.Leave();
        }
    }

    /// <summary>One definition for all objects of a class with equal contents.</summary>
    private Definition Share(Definition definition)
    {
        var text = $"{definition.ModuleType}\n{NetlistText.Body(definition)}";
        if (!_byText.TryGetValue(text, out var shared))
        {
            shared = Rename(definition);
            _byText.Add(text, shared);
            _definitions.Add(shared);
        }

        return shared;
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
            IsKept = builder.Module.IsKept,
            Ports = [.. builder.Module.Ports.Select(p => new PortInfo(p.Name, p.Direction, p.Type) { Node = builder.ResolvePort(p) })],
            Nodes = [.. builder.Arena.Nodes],
            Memories = [.. builder.Memories],
            Instances = instances,
            Body = [.. builder.Body],
            Assertions = [.. builder.Assertions],
            Streams = builder.FreezeStreams(),
            Fifos = [.. builder.Fifos],
            Domains = [.. domains],
            Location = builder.Body.Select(s => s.Location).FirstOrDefault(l => l.IsKnown),
        };
        CheckDomains(builder, definition);
        LoopCheck.Run(builder, definition);
        if (driven)
        {
            UseCheck.Run(builder, definition);
        }

        return definition;
    }

    private static void CheckDomains(Builder builder, Definition definition)
    {
        static bool IsForeign(RegisterNode reset, ClockDomain domain) => domain.Clock != reset.Domain.Clock || domain.AsynchronousReset;
        foreach (var instance in definition.Instances.Where(i => i.Reset is { } reset && i.Definition.Domains.Any(d => IsForeign(reset, d))))
        {
            builder.Report("HDL0214", $"'{instance.Name}' has another clock than its reset '{instance.Reset!.Name}', or an asynchronous reset",
                instance.Location, "reset by a register only instances with the register's clock");
        }

        foreach (var name in definition.Domains.Where(d => d != ClockDomain.Default).SelectMany(d => new[] { d.Clock, d.Reset })
            .Except([ClockDomain.Default.Clock, ClockDomain.Default.Reset]).Where(builder.Takes))
        {
            builder.Report("HDL0105", $"'{name}' of {builder.ModuleName} has the name of a clock or reset", definition.Nodes.FirstOrDefault(n => n.Name == name)?.Location ?? default, "rename one of them");
        }
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
