using System.Collections.Immutable;
using System.Numerics;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>This part: wires, registers, memories, and the assignments to them.</summary>
internal sealed partial class Builder
{
    private readonly Dictionary<Node, SourceLocation> _unconditional = [];
    private List<Statement> _scope = [];
    private Node? _pathCondition;
    private readonly HashSet<Node> _rejected = [];
    private readonly HashSet<Node> _declared = [];
    private List<Statement>? _topLevel;

    /// <summary>Statements of the module.</summary>
    public IReadOnlyList<Statement> Body => TopLevel;

    /// <summary>Statements so far under the conditions around the next one.</summary>
    public IReadOnlyList<Statement> Scope => _scope;

    private List<Statement> TopLevel => _topLevel ??= _scope;

    public WireNode NewWire(HdlType type, string name, SourceLocation location) =>
        Arena.Add(new WireNode(type) { Name = name, Location = location });

    public RegisterNode NewRegister(HdlType type, string? name, IReadOnlyList<BigInteger>? reset, SourceLocation location, CrossingKind crossing = CrossingKind.None,
        ImmutableArray<string> states = default)
    {
        var values = reset ?? [BigInteger.Zero];
        if ((values.Count != 1 && values.Count != type.Lanes) || values.Any(v => !type.Holds(v)))
        {
            Report("HDL0116", $"the reset value {string.Join(", ", values.Take(8))} doesn't fit {type}", location, $"each lane holds {type.Min} to {type.Max}");
            values = [BigInteger.Zero];
        }

        var initial = values.Count == 1 ? Enumerable.Repeat(values[0], type.Lanes) : values;
        return Arena.Add(new RegisterNode(type, Domain, [.. initial], reset is not null, crossing)
        {
            Name = name is null ? null : Unique(name),
            Location = location,
            States = states.IsDefault ? [] : states,
        });
    }

    /// <summary>Notes that a register is the user's own, so that nothing reading it is a mistake; library parts may keep what nobody asks for.</summary>
    public RegisterNode Declare(RegisterNode register)
    {
        _declared.Add(register);
        return register;
    }

    /// <summary>Whether the user declared the register.</summary>
    public bool IsDeclared(RegisterNode register) => _declared.Contains(register);

    public void Drive(Signal target, Signal value, SourceLocation location)
    {
        var to = Resolve(target);
        if (target.Port is { Direction: PortDirection.Input } own && ReferenceEquals(own.Owner, Module))
        {
            Report("HDL0104", $"'{own.Name}' is an input of {ModuleName} and can't be driven inside it", location, "drive it where the module is instantiated");
            return;
        }

        if (to is not (WireNode or RegisterNode))
        {
            Report("HDL0104", $"{Describe(to)} is a value, not a wire, register or port", location, "declare it with Wire or Register");
            return;
        }

        AssignSignal(to, value, location);
    }

    /// <summary>Drives a library part's own wire, whatever conditions are around, with the checks of an ordinary assignment.</summary>
    public void AssignChecked(WireNode wire, Signal value, SourceLocation location) => Unconditionally(() => AssignSignal(wire, value, location));

    /// <summary>Makes a library part's own assignments and claims, whatever conditions are around.</summary>
    public void Unconditionally(Action body)
    {
        var (scope, condition) = (_scope, _pathCondition);
        (_scope, _pathCondition) = (TopLevel, null);
        body();
        (_scope, _pathCondition) = (scope, condition);
    }

    /// <summary>Notes that an assignment to the target was refused.</summary>
    public void Reject(Signal target) => _rejected.Add(Resolve(target));

    /// <summary>Whether an assignment to the target was refused, so that "never driven" would only repeat that error.</summary>
    public bool WasRejected(Node target) => _rejected.Contains(target);

    /// <summary>A field that a bus's format leaves out stands for a constant; a stream that carries something else there would lose it.</summary>
    public void RequireConstant(string field, Signal value, BigInteger constant, SourceLocation location)
    {
        if (Resolve(value) is not ConstNode node || !node.IsUniform || node.Values[0] != constant)
        {
            Report("HDL0104", $"'{field}' is not among the stream's ports, where it is always {constant}, and can't be driven", location, $"add it to the bus's format, or make it {constant} with Map");
        }
    }

    /// <summary>Drives one field of a payload; unlike an ordinary value, a field isn't spread over lanes.</summary>
    public void DriveField(string field, Signal target, Signal value, SourceLocation location)
    {
        var (to, from) = (target.Type, value.Type);
        if (value.Literal is null && !value.IsShape && (from.Signed != to.Signed || from.Width > to.Width || from.Lanes != to.Lanes))
        {
            var node = Resolve(target);
            Report("HDL0005", $"the field '{field}' is {from}, and {to} where it goes{(node.Name is null ? "" : $" ('{node.Name}')")}", location, "give both payloads the same shape; two types that are swapped name two fields", ("target declared", node.Location));
            _rejected.Add(node);
            return;
        }

        Drive(target, value, location);
    }

    /// <summary>A literal takes the target's type; anything else must fit it.</summary>
    private void AssignSignal(Node to, Signal value, SourceLocation location)
    {
        if (value.Literal is not { } literal)
        {
            var from = Resolve(value);
            Stamp(from, location);
            Assign(to, from, location);
        }
        else if (to.Type.Holds(literal))
        {
            Assign(to, Arena.Const(to.Type, literal), location);
        }
        else
        {
            Report("HDL0116", $"{literal} doesn't fit {Describe(to)}", location, $"each lane holds {to.Type.Min} to {to.Type.Max}", ("target declared", to.Location));
            _rejected.Add(to);
        }
    }

    private void Assign(Node to, Node from, SourceLocation location)
    {
        // What was wrong with the value is reported already: its stand-in's type says nothing.
        if (from.Type != to.Type && Diagnostics.Exists(d => d.Location == location && d.Module == ModuleName))
        {
            _rejected.Add(to);
            return;
        }

        if (from.Type.Signed != to.Type.Signed)
        {
            Report("HDL0101", $"{Describe(to)} is driven by {Describe(from)}: signed and unsigned don't mix", location,
                "use ToSigned() to keep the value, or AsSigned()/AsUnsigned() to keep the bits", ("target declared", to.Location));
            _rejected.Add(to);
            return;
        }

        if (from.Type.Width > to.Type.Width || (from.Type.Lanes != to.Type.Lanes && from.Type.Lanes != 1))
        {
            Report("HDL0102", $"width mismatch: target {Describe(to)}, value {Describe(from)}", location,
                from.Type.Width > to.Type.Width ? $"use Truncate({to.Type.Width}) or Saturate({to.Type.Width}), or declare the target wider" : "lane counts must be equal, or one lane is broadcast",
                ("target declared", to.Location));
            _rejected.Add(to);
            return;
        }

        if (_pathCondition is null && !_unconditional.TryAdd(to, location))
        {
            Report("HDL0202", $"{Describe(to)} is driven twice without a condition", location, "remove one of the two, or make the second conditional",
                ("first driven", _unconditional[to]));
        }

        var value = from.Type.Lanes == to.Type.Lanes ? Arena.Resize(to.Type, from) : Arena.LaneMap(to.Type, Arena.Resize(to.Type.WithLanes(1), from), [.. Enumerable.Repeat(0, to.Type.Lanes)]);
        Stamp(value, location);
        Pipeline?.Drive(to, from, _pathCondition, location);
        _scope.Add(new AssignStatement(to, value, location));
    }

    /// <summary>Gives a wire its only value, whatever conditions are around: names and library parts are not conditional.</summary>
    public void AssignAlways(WireNode wire, Node value, SourceLocation location)
    {
        _unconditional.Add(wire, location);
        Pipeline?.Alias(wire, value);
        TopLevel.Add(new AssignStatement(wire, value, location));
    }

    /// <summary>Makes a register follow <paramref name="value"/> at every edge with the enable, whatever conditions are around.</summary>
    public void AssignRegister(RegisterNode register, Node value, Node? enable, SourceLocation location)
    {
        var assign = new AssignStatement(register, value, location);
        TopLevel.Add(enable is null ? assign : new IfStatement(enable, [assign], [], location));
    }

    public Node Condition(Signal condition, SourceLocation location)
    {
        var node = Resolve(condition);
        Stamp(node, location);
        if (node.Type.IsBit)
        {
            return node;
        }

        Report("HDL0109", $"the condition is {Describe(node)}, not one bit", location, "compare it with something, or reduce its lanes with AnyLane or AllLanes");
        return Arena.Const(new HdlType(1, false), 0);
    }

    /// <summary>Runs <paramref name="body"/> under a condition and returns the statements that it made.</summary>
    public ImmutableArray<Statement> Nested(Node condition, Action body)
    {
        var outer = _scope;
        _topLevel ??= _scope;
        var outerCondition = _pathCondition;
        _scope = [];
        _pathCondition = And(outerCondition, condition);
        try
        {
            body();
            return [.. _scope];
        }
        finally
        {
            _scope = outer;
            _pathCondition = outerCondition;
        }
    }

    public void Append(Statement statement) => _scope.Add(statement);

    public void Replace(Statement before, Statement after)
    {
        var index = _scope.FindLastIndex(statement => ReferenceEquals(statement, before));
        if (index < 0)
        {
            throw Fatal("HDL0121", "an ElseWhen or Else is far from its When", "write the branches as one chain: When(...).ElseWhen(...).Else(...)");
        }

        _scope[index] = after;
    }

    public Node Not(Node bit) => Arena.Unary(bit.Type, UnaryOp.Not, bit);

    /// <summary>The given enable and every condition around it.</summary>
    public Node Enabled(Node? enable) => And(_pathCondition, enable) ?? Arena.Const(new HdlType(1, false), 1);

    private Node? And(Node? a, Node? b) => a is null ? b : b is null ? a : Arena.Binary(new HdlType(1, false), BinaryOp.And, a, b);
}
