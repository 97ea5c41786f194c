using LoopLynx.Gen.Expressions;
using LoopLynx.Gen.Graph;
using LoopLynx.Gen.Text;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Blocks;

/// <summary>
/// Writes one definition: header, ports, state and other nets that are read before they are driven, combinational logic in dependency order,
/// memories, registers, instances, claims, and last the bits that are dropped on purpose.
/// </summary>
internal sealed class ModuleWriter
{
    private readonly Definition _definition;
    private readonly LiveGraph _graph;
    private readonly ModuleScope _module;
    private readonly Dictionary<string, Net> _clocks = [];
    private readonly Dictionary<Node, AssignmentGroup> _groups = [];
    private readonly List<(Net Net, Expr? Initial)> _first = [];
    private readonly List<SynchronousRead> _reads = [];
    private readonly MemoryWriter _memories;
    private readonly AssignmentWriter _assignments;
    private readonly InstanceWriter _instances;
    private readonly ResetTreeWriter _resets;
    private readonly List<Net> _clockPorts = [];

    /// <summary>Makes the writer of a definition.</summary>
    /// <param name="definition">What to write.</param>
    /// <param name="resetModule">Name of the module of one reset register.</param>
    public ModuleWriter(Definition definition, string resetModule)
    {
        _definition = definition;
        _graph = new(definition);
        _module = new(definition, _graph);
        _memories = new(_module, _clocks);
        _assignments = new(_module, _clocks);
        _resets = new(definition, _module, resetModule);
        _instances = new(_module, _clocks, _resets);
        foreach (var group in _graph.Groups)
        {
            foreach (var target in group.Targets)
            {
                _groups.Add(target, group);
            }
        }
    }

    /// <summary>The text of the file.</summary>
    public string Write()
    {
        DeclareNets();
        Combinational();
        Clocked();
        var dropped = new CodeText();
        var outputs = _definition.Ports.Where(p => p.Direction == PortDirection.Output).Select(p => _module.NetOf(p.Node)).ToHashSet();
        LoopWriter.Unused(_module, _clockPorts.Concat(_module.Nets.Where(n => !outputs.Contains(n))), dropped);

        var text = new CodeText();
        Header(text);
        foreach (var genvar in _module.Genvars)
        {
            text.Line($"genvar {genvar};");
        }

        Declarations(text);
        text.Gap();
        text.Append(_module.Body);
        if (!dropped.IsEmpty)
        {
            text.Gap();
            text.Line("// Bits that nothing reads.");
            text.Append(dropped);
        }

        text.Close("endmodule");
        text.Line("");
        text.Line("`default_nettype wire");
        return text.ToString();
    }

    private void DeclareNets()
    {
        foreach (var (signal, name) in _module.User.Domains)
        {
            _clocks.Add(signal, new Net(name, new HdlType(1, false)) { Declared = true });
        }

        _clockPorts.AddRange(_clocks.Values);

        foreach (var port in _definition.Ports)
        {
            _module.Add(port.Node, declared: true);
        }

        foreach (var register in _graph.Live<RegisterNode>())
        {
            var net = _module.Add(register, declared: true);
            net.IsReg = true;
            net.Attribute = AttributeOf(register);
            _first.Add((net, Literal.Packed(register.Type, register.Initial)));
        }

        foreach (var read in _graph.Live<MemoryReadNode>().Where(r => r.Synchronous))
        {
            _reads.Add(_memories.DeclareRead(read, _first));
        }

        foreach (var wire in _graph.Groups.Where(AssignmentWriter.NeedsProcess).SelectMany(g => g.Targets))
        {
            var net = _module.HasNet(wire) ? _module.NetOf(wire) : _module.Add(wire, declared: false);
            net.IsReg = true;
            if (!net.Declared)
            {
                net.Declared = true;
                _first.Add((net, null));
            }
        }

        var outputs = new List<Net>();
        _instances.DeclareOutputs(_definition.Instances, _graph.Live<InstanceOutputNode>(), outputs);
        _resets.Declare(_clocks, outputs);
        _first.AddRange(outputs.Select(n => (n, (Expr?)null)));
    }

    /// <summary>Nets in dependency order. A process over several wires comes once everything that it reads is there.</summary>
    private void Combinational()
    {
        var waiting = _graph.Groups.ToDictionary(g => g, g => g.Targets.Length);
        foreach (var node in _graph.Order)
        {
            switch (node)
            {
                case WireNode wire when _groups.TryGetValue(wire, out var group):
                    if (group.Plain is { } plain)
                    {
                        _assignments.Wire(wire, plain.Value, plain.Location);
                    }
                    else if (--waiting[group] == 0)
                    {
                        _assignments.Process(group);
                    }

                    break;
                case WireNode wire:
                    _assignments.Wire(wire, wire.Value, wire.Location);
                    break;
                case MemoryReadNode { Synchronous: false } read:
                    _memories.AsynchronousRead(read);
                    break;
                case InputNode or RegisterNode or MemoryReadNode or InstanceOutputNode:
                    break;
                default:
                    if (!_module.Printing.IsOnDemand(node) && !_module.HasNet(node))
                    {
                        _module.Materialise(node);
                    }

                    break;
            }
        }
    }

    private void Clocked()
    {
        foreach (var memory in _graph.Memories)
        {
            _memories.Writes(memory);
            foreach (var read in _reads.Where(r => r.Node.Memory == memory))
            {
                _memories.Read(read);
            }
        }

        foreach (var group in _graph.Groups.Where(g => g.Register is not null))
        {
            _assignments.Registers(group);
        }

        foreach (var register in _graph.Live<RegisterNode>().Where(r => !_groups.ContainsKey(r)))
        {
            _assignments.Register(register);
        }

        _resets.Write();
        foreach (var instance in _definition.Instances)
        {
            _instances.Write(instance);
        }

        new AssertionWriter(_module, _clocks).Write(_definition.Assertions);
    }

    private void Header(CodeText text)
    {
        var name = PortNames.Module(_definition);
        text.Line($"// {name}{(_definition.Summary.Length == 0 ? "" : $": {_definition.Summary.ReplaceLineEndings(" ")}")}");
        text.Line($"// Written by LoopLynx.Gen from the module class {_definition.ModuleType}; edits here are lost.");
        text.Line("`default_nettype none");
        text.Line("");
        if (_definition.IsKept)
        {
            text.Line("(* keep_hierarchy = \"yes\", DONT_TOUCH = \"yes\" *)");
        }

        var ports = _clockPorts.Select(n => ($"input  {n.Kind} {n.Name}", ""))
            .Concat(_definition.Ports.Select(p => (Port(p), p.Type.Lanes == 1 ? "" : $"  // {p.Type}"))).ToArray();
        if (ports.Length == 0)
        {
            text.Open($"module {name};");
            return;
        }

        text.Open($"module {name} (");
        for (var i = 0; i < ports.Length; i++)
        {
            text.Line($"{ports[i].Item1}{(i < ports.Length - 1 ? "," : "")}{ports[i].Item2}");
        }

        text.Next(");");
    }

    private string Port(PortInfo port)
    {
        var net = _module.NetOf(port.Node);
        return $"{(port.Direction == PortDirection.Input ? "input " : "output")} {net.Kind} {net.Name}";
    }

    private string AttributeOf(RegisterNode register) => AssignmentWriter.IsSynchroniser(register) ? "(* ASYNC_REG = \"TRUE\" *)"
        : _definition.IsKept ? "(* SHREG_EXTRACT = \"NO\" *)"
        : "";

    private void Declarations(CodeText text)
    {
        foreach (var (net, initial) in _first)
        {
            text.Line($"{net.Declaration};", net.Location);
            if (initial is { } value)
            {
                text.Line($"initial {net.Name} = {value.Text};");
            }
        }

        foreach (var memory in _graph.Memories)
        {
            text.Gap();
            _memories.Declare(memory, text);
        }
    }
}
