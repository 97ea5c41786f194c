using LoopLynx.Gen.Expressions;
using LoopLynx.Gen.Text;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Blocks;

/// <summary>Writes the uses of other modules. Every port is connected; an output that nothing reads goes to a net of its own.</summary>
internal sealed class InstanceWriter(ModuleScope module, IReadOnlyDictionary<string, Net> clocks, ResetTreeWriter resets)
{
    private readonly Dictionary<(InstanceInfo, string), Net> _outputs = [];

    /// <summary>Makes the nets of the outputs, before anything reads them.</summary>
    public void DeclareOutputs(IEnumerable<InstanceInfo> instances, IEnumerable<InstanceOutputNode> read, List<Net> declared)
    {
        var nodes = read.ToLookup(n => (n.Instance, n.Port.Name));
        foreach (var instance in instances)
        {
            foreach (var port in instance.Definition.Ports.Where(p => p.Direction == PortDirection.Output))
            {
                var users = nodes[(instance, port.Name)].ToArray();
                var named = users.Select(module.User.Of).FirstOrDefault(n => n is not null);
                var net = new Net(named ?? module.Names.Fresh($"{instance.Name}_{port.Name}"), port.Type) { Declared = true, Location = instance.Location };
                declared.Add(module.Track(net));
                _outputs[(instance, port.Name)] = net;
                foreach (var user in users)
                {
                    module.Bind(user, net);
                }
            }
        }
    }

    private string Reset(InstanceInfo instance, ClockDomain domain) => instance.Reset is { } register
        ? (domain.ActiveLowReset ? "~" : "") + module.Operand(register).Text
        : (resets.Of(instance, domain.Reset) ?? clocks[domain.Reset]).Whole.Text;

    /// <summary>One instance with named connections.</summary>
    public void Write(InstanceInfo instance)
    {
        var inner = PortNames.Of(instance.Definition, new NameTable());
        var inputs = instance.Inputs.ToDictionary(i => i.Port.Name, i => i.Value);
        var connections = instance.Definition.Domains.Select(d => d.Clock).Distinct().Select(clock => (inner.Domains[clock], clocks[clock].Whole.Text))
            .Concat(instance.Definition.Domains.DistinctBy(d => d.Reset).Select(d => (inner.Domains[d.Reset], Reset(instance, d))))
            .Concat(instance.Definition.Ports.Select(port => (inner.Ports[port], port.Direction == PortDirection.Input
                ? module.Operand(inputs[port.Name]).Text
                : _outputs[(instance, port.Name)].Name)))
            .Select(c => $".{c.Item1}({c.Item2})").ToArray();

        module.Body.Gap();
        module.Body.Open($"{PortNames.Module(instance.Definition)} {module.User.Instances[instance]} (", instance.Location);
        for (var i = 0; i < connections.Length; i++)
        {
            module.Body.Line(connections[i] + (i < connections.Length - 1 ? "," : ""));
        }

        module.Body.Close(");");
    }
}
