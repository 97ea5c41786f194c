using System.Collections.Immutable;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Passes;

/// <summary>
/// Replaces every instance by its contents, so that simulators see one definition.
/// <code>
/// before: top { inst u: Adder(a: x) }       after: top { wire u.a = x; wire u.sum = u.a + 1 }
/// </code>
/// Named nets keep their names as paths joined by dots; anonymous equal operations of different instances become one node.
/// The result keeps no structured statements and its wires are plain aliases.
/// </summary>
public static class Flatten
{
    /// <summary>The design as one definition without instances.</summary>
    public static Definition Run(Design design)
    {
        var arena = new NodeArena();
        var context = new FlatContext(arena);
        var ports = ImmutableArray.CreateBuilder<PortInfo>();
        var inputs = new Dictionary<PortInfo, Node>();
        foreach (var port in design.Top.Ports.Where(p => p.Direction == PortDirection.Input))
        {
            inputs[port] = arena.Add(new InputNode(port.Type) { Name = port.Name, Location = port.Node.Location });
        }

        var map = context.Copy(design.Top, "", inputs);
        foreach (var port in design.Top.Ports)
        {
            ports.Add(new PortInfo(port.Name, port.Direction, port.Type)
            {
                Node = port.Direction == PortDirection.Input ? inputs[port] : map[port.Node],
            });
        }

        return new Definition
        {
            Name = design.Top.Name,
            ModuleType = design.Top.ModuleType,
            Summary = design.Top.Summary,
            Ports = ports.ToImmutable(),
            Nodes = [.. arena.Nodes],
            Memories = [.. context.Memories],
            Instances = [],
            Body = [],
            Assertions = [.. context.Assertions],
            Streams = [.. context.Streams],
            Fifos = [.. context.Fifos],
            Domains = design.Top.Domains,
            ResetStages = design.Top.ResetStages,
            PartResets = [.. context.PartResets],
            Location = design.Top.Location,
        };
    }
}
