using System.Globalization;
using System.Numerics;
using System.Text;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Fuzz;

/// <summary>
/// A netlist as modules of the hardware language, to read a failing design and to run it again. Values that nothing needs are left out;
/// what is driven later (wires, registers, inputs of children, addresses of synchronous reads) is declared first and driven last.
/// </summary>
public sealed class CSharpPrinter
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _last = new();
    private readonly Queue<Action> _later = [];
    private readonly Dictionary<Node, string> _names = [];
    private readonly Definition _definition;

    private CSharpPrinter(Definition definition) => _definition = definition;

    /// <summary>All definitions, children first; the top is the last class.</summary>
    public static string Print(Design design) =>
        "using LoopLynx.Hdl;\nusing LoopLynx.Hdl.Netlist;\nusing static LoopLynx.Hdl.Hardware;\n\n" + string.Join('\n', design.Definitions.Select(d => new CSharpPrinter(d).Run()));

    private static string Type(HdlType type) => $"new HdlType({type.Width}, {(type.Signed ? "true" : "false")}, {type.Lanes})";

    private static string Literal(BigInteger value) => long.MinValue <= value && value <= long.MaxValue
        ? value.ToString(CultureInfo.InvariantCulture)
        : $"System.Numerics.BigInteger.Parse(\"{value}\")";

    private static string Literals(IEnumerable<BigInteger> values) => string.Join(", ", values.Select(Literal));

    private string Run()
    {
        _text.Append($"public sealed class {_definition.Name} : Module\n{{\n");
        foreach (var port in _definition.Ports)
        {
            _text.Append($"    public readonly Signal {port.Name} = {port.Direction}({Type(port.Type)});\n");
            _names[port.Node] = port.Name;
        }

        _text.Append("\n    protected override void Build()\n    {\n");
        foreach (var memory in _definition.Memories)
        {
            var rows = string.Join(", ", memory.Initial.Select(row => $"[{Literals(row)}]"));
            Line($"var {memory.Name} = Memory(\"{memory.Name}\", {Type(memory.RowType)}, {memory.Depth}, MemoryStyle.{memory.Style}, [{rows}]);");
        }

        foreach (var instance in _definition.Instances)
        {
            Line($"var {instance.Name} = Instance(new {instance.Definition.Name}(), \"{instance.Name}\");");
        }

        foreach (var (port, value) in _definition.Instances.SelectMany(i => i.Inputs.Select(input => ($"{i.Name}.{input.Port.Name}", input.Value))))
        {
            Drive(port, value);
        }

        foreach (var port in _definition.Ports.Where(p => p.Direction == PortDirection.Output))
        {
            Drive(port.Name, ((WireNode)port.Node).Value);
        }

        foreach (var memory in _definition.Memories)
        {
            foreach (var write in memory.Writes)
            {
                _later.Enqueue(() => Write(memory, write));
            }
        }

        while (_later.TryDequeue(out var next))
        {
            next();
        }

        return _text.Append(_last).Append("    }\n}\n").ToString();
    }

    private void Line(string line) => _text.Append($"        {line}\n");

    // A value may lead back to the expression that is being printed, so it waits for its turn.
    private void Drive(string target, Node value) => _later.Enqueue(() =>
    {
        var name = Name(value);
        _last.Append($"        {target}.Drive({name});\n");
    });

    private void Write(MemoryInfo memory, MemoryWrite write)
    {
        var mask = write.Mask is null ? "" : $", {Name(write.Mask)}";
        var statement = $"{memory.Name}.Write({Name(write.Address)}, {Name(write.Data)}, {Name(write.Enable)}{mask})";
        _last.Append($"        {In(write.Domain, statement)};\n");
    }

    private static string In(ClockDomain domain, string statement) =>
        domain == ClockDomain.Default ? statement
            : $"InDomain(new(\"{domain.Clock}\", \"{domain.Reset}\"){(domain.AsynchronousReset ? " { AsynchronousReset = true }" : "")}, () => {statement})";

    private string Name(Node node)
    {
        if (_names.TryGetValue(node, out var known))
        {
            return known;
        }

        var name = _names[node] = node.Name is null ? $"n{node.Id}" : $"{node.Name}_";
        switch (node)
        {
            case WireNode wire:
                Line($"Wire(out var {name}, {Type(wire.Type)});");
                Drive(name, wire.Value);
                break;
            case RegisterNode register:
                var reset = register.HasReset ? $", {Literal(register.Initial[0])}" : "";
                Line($"Signal {name} = null!;");
                Line($"{In(register.Domain, $"Register(out {name}, {Type(register.Type)}{reset}, name: \"unused_{name}\")")};");
                if (register.Next != register)
                {
                    Drive(name, register.Next);
                }

                break;
            case MemoryReadNode { Synchronous: true } read:
                Line($"Wire(out var {name}_address, {Type(read.Address.Type)});");
                var enable = read.Enable is null ? "null" : $"{name}_enable";
                if (read.Enable is not null)
                {
                    Line($"Wire(out var {enable}, {Type(read.Enable.Type)});");
                }

                Line($"Signal {name} = null!;");
                Line($"{In(read.Domain, $"{name} = {read.Memory.Name}.ReadSync({name}_address, {enable})")};");
                Drive($"{name}_address", read.Address);
                if (read.Enable is not null)
                {
                    Drive(enable, read.Enable);
                }

                break;
            case CaseNode choice:
                var arms = choice.Operands.Select(Name).ToArray();
                Line($"Wire(out var {name}, {Type(choice.Type)});");
                Line($"Switch({arms[0]}, on =>");
                Line("{");
                foreach (var (key, arm) in choice.Keys.Zip(arms.Skip(2)))
                {
                    Line($"    on.Case({Literal(key)}, () => {name}.Drive({arm}));");
                }

                Line($"    on.Default(() => {name}.Drive({arms[1]}));");
                Line("});");
                break;
            default:
                var expression = Expression(node, [.. node.Operands.Select(Name)]);
                Line($"var {name} = {expression};");
                break;
        }

        return name;
    }

    private static string Expression(Node node, string[] x) => node switch
    {
        ConstNode c => $"Const({Type(c.Type)}, {Literals(c.IsUniform ? c.Values.Take(1) : c.Values)})",
        UnaryNode u => $"{(u.Op == UnaryOp.Not ? "~" : "-")}{x[0]}",
        BinaryNode b => Binary(b, x),
        MuxNode => $"Mux({x[0]}, {x[1]}, {x[2]})",
        ConcatNode => $"Cat({string.Join(", ", x)})",
        SliceNode s => $"{x[0]}.Slice({s.Low}, {s.Type.Width})",
        ResizeNode r => Resize(r, x[0]),
        ReduceNode r => Reduce(r, x[0]),
        LaneMapNode m => $"{x[0]}.LaneMap([{string.Join(", ", m.Map)}])",
        LaneConcatNode => $"SignalLanes.JoinLanes({string.Join(", ", x)})",
        LaneSelectNode s => $"{x[0]}.SelectLanes({x[1]}, {s.Type.Lanes})",
        ReinterpretNode r => $"{x[0]}.AsLanes({Type(r.Type)})",
        MemoryReadNode m => $"{m.Memory.Name}.Read({x[0]})",
        InstanceOutputNode o => $"{o.Instance.Name}.{o.Port.Name}",
        _ => throw new InvalidOperationException($"{node.GetType().Name} has no C# form"),
    };

    private static string Binary(BinaryNode node, string[] x) => node.Op switch
    {
        BinaryOp.ShiftLeft => $"{x[0]}.ShiftLeft({x[1]}, {node.Type.Width})",
        BinaryOp.ShiftRight => $"{x[0]}.ShiftRight({x[1]}).Resize({node.Type.Width})",
        _ => $"{x[0]} {Operator(node.Op)} {x[1]}",
    };

    private static string Operator(BinaryOp op) => op switch
    {
        BinaryOp.Add => "+",
        BinaryOp.Subtract => "-",
        BinaryOp.Multiply => "*",
        BinaryOp.And => "&",
        BinaryOp.Or => "|",
        BinaryOp.Xor => "^",
        BinaryOp.Equal => "==",
        BinaryOp.NotEqual => "!=",
        BinaryOp.Less => "<",
        _ => "<=",
    };

    private static string Resize(ResizeNode node, string x)
    {
        var from = node.Operands[0].Type;
        var lanes = from.Lanes == node.Type.Lanes ? x : $"{x}.Broadcast({node.Type.Lanes})";
        var sized = from.Width == node.Type.Width ? lanes : $"{lanes}.Resize({node.Type.Width})";
        return from.Signed == node.Type.Signed ? sized : $"{sized}.{(node.Type.Signed ? "AsSigned" : "AsUnsigned")}()";
    }

    private static string Reduce(ReduceNode node, string x) => node.Op switch
    {
        ReduceOp.Add => $"{x}.SumLanes({node.Group})",
        ReduceOp.Max => $"{x}.MaxLanes({node.Group})",
        ReduceOp.Min => $"{x}.MinLanes({node.Group})",
        ReduceOp.And => $"{x}.AllLanes()",
        ReduceOp.Or => $"{x}.AnyLane()",
        _ => $"{x}.XorLanes()",
    };
}
