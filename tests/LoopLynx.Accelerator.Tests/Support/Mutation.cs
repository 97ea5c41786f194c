using LoopLynx.Hdl.Passes;
using NetNode = LoopLynx.Hdl.Netlist.Node;

namespace LoopLynx.Accelerator.Tests.Support;

/// <summary>A mistake in the netlist of one class of modules.</summary>
/// <param name="Module">The class.</param>
/// <param name="Net">The wire whose value is another.</param>
/// <param name="Change">Its new value: from the arena in which it is made, the module's nets by name, and the right value.</param>
internal sealed record Mutation(string Module, string Net, Func<NodeArena, Func<string, NetNode>, NetNode, NetNode> Change)
{
    /// <summary>The design with the mistake in every instance of the class, for engines that run netlists.</summary>
    public Design In(Design design)
    {
        var broken = new Dictionary<Definition, Definition>();
        foreach (var definition in design.Definitions)
        {
            var copy = new DefinitionCopy(definition, child => broken[child]);
            if (definition.ModuleType == Module)
            {
                NetNode Named(string name) => copy.Map[definition.Nodes.Single(n => n.Name == name)];
                var wire = (WireNode)Named(Net);
                wire.Value = Change(copy.Arena, Named, wire.Value);
            }

            broken[definition] = copy.Finish([]);
        }

        Assert.Contains(design.Definitions, d => d.ModuleType == Module);
        return new Design(broken[design.Top], [.. design.Definitions.Select(d => broken[d])]);
    }
}
