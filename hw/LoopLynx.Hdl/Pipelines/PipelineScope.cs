using System.Collections.Immutable;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>
/// Counts register levels while the function of a <c>Pipeline</c> runs. Operands of an operation are brought to one level: the earlier ones get registers.
/// <code>
/// before: y = a.Registered() + b          level 1 + level 0
/// after:  y = a.Registered() + b_d1       level 1
/// </code>
/// </summary>
internal sealed class PipelineScope(Builder builder, string name, SourceLocation location)
{
    private readonly Dictionary<Node, Level> _levels = [];
    private readonly Dictionary<Node, Node> _delays = [];
    private readonly Dictionary<Node, (Level Level, SourceLocation Where)> _driven = [];
    private readonly List<(Node Value, SourceLocation Where)> _held = [];
    private readonly int _firstNode = builder.Arena.Nodes.Count;

    /// <summary>What the function said to be held, and where.</summary>
    public IReadOnlyList<(Node Value, SourceLocation Where)> Held => _held;

    /// <summary>The beat's own signals: level 0.</summary>
    public void Begin(IEnumerable<Node> fields)
    {
        foreach (var field in fields.Where(f => f is not ConstNode))
        {
            _levels[field] = new Level(LevelKind.Beat);
        }
    }

    /// <summary>Takes the function's word that a value doesn't change while a beat is under way.</summary>
    public void Hold(Node value, SourceLocation where)
    {
        if (Place(value, new Level(LevelKind.Any), where))
        {
            _held.Add((value, where));
        }
    }

    /// <summary>Takes the function's word that a value belongs to the beat that entered some levels before.</summary>
    public void At(int level, Node value, SourceLocation where) => Place(value, new Level(LevelKind.Beat, level), where);

    /// <summary>Notes a register or a synchronous read of <paramref name="input"/>, whose old value must not outlive a beat.</summary>
    public void Register(Node register, Node input, Node? enable, SourceLocation where)
    {
        if (enable is not null)
        {
            ReportKept(register, where);
        }

        _levels[register] = Known(input, where).Next;
    }

    /// <summary>Notes a name for a value.</summary>
    public void Alias(Node wire, Node value) => _levels[wire] = LevelOf(value);

    /// <summary>Notes an assignment to what the function declared; a target from outside takes values of any level.</summary>
    public void Drive(Node target, Node value, Node? condition, SourceLocation where)
    {
        if (target.Id < _firstNode)
        {
            return;
        }

        var level = Level.Of(condition is null ? [LevelOf(value)] : [LevelOf(value), LevelOf(condition)]);
        var all = _driven.TryGetValue(target, out var before) ? Level.Of([before.Level, level]) : level;
        if (all.Kind == LevelKind.Mixed)
        {
            var (first, firstWhere, second) = level.Kind == LevelKind.Mixed ? (LevelOf(condition!), where, LevelOf(value)) : (before.Level, before.Where, level);
            builder.Report("HDL0124", $"'{target.Name}' is assigned at levels {first.Count} and {second.Count} of the pipeline '{name}'", where,
                "bring the condition and the values to one level with Delayed, or choose with Mux, whose operands are balanced", ("the other level", firstWhere));
            all = second;
        }

        _driven[target] = (all, where);
        _levels[target] = target is RegisterNode ? all.Next : all;
    }

    /// <summary>Brings the operands of one operation to one level.</summary>
    public ImmutableArray<Node> Align(ImmutableArray<Node> nodes)
    {
        if (!nodes.Any(n => LevelOf(n).IsBeat))
        {
            return nodes;
        }

        var level = nodes.Max(n => Known(n, default).Count);
        return [.. nodes.Select(n => Delayed(n, level))];
    }

    /// <summary>Brings the operands of a part to one level, and says which.</summary>
    public Level Enter(ImmutableArray<Node> operands, out ImmutableArray<Node> aligned)
    {
        foreach (var operand in operands)
        {
            Known(operand, default);
        }

        aligned = Align(operands);
        return Level.Of(aligned.Select(LevelOf));
    }

    /// <summary>Notes where a part's result stands.</summary>
    public void Leave(Node result, Level level)
    {
        if (result is not ConstNode)
        {
            _levels[result] = level;
        }
    }

    /// <summary>Brings the results to one level, and returns it.</summary>
    public int Finish(ImmutableArray<Node> results, ImmutableArray<Statement> statements, out ImmutableArray<Node> balanced)
    {
        foreach (var (register, (_, where)) in _driven.Where(d => d.Key is RegisterNode && !IsAlwaysAssigned(statements, d.Key)))
        {
            ReportKept(register, where);
        }

        var level = results.Max(n => Known(n, location).Count);
        balanced = [.. results.Select(n => Delayed(n, level))];
        return level;
    }

    private static bool IsAlwaysAssigned(ImmutableArray<Statement> statements, Node target) => statements.Any(s => s switch
    {
        AssignStatement assign => assign.Target == target,
        IfStatement choice => IsAlwaysAssigned(choice.Then, target) && IsAlwaysAssigned(choice.Else, target),
        SwitchStatement choice => choice.Arms.All(arm => IsAlwaysAssigned(arm.Body, target))
            && (IsAlwaysAssigned(choice.Default, target) || choice.Arms.Sum(arm => arm.Keys.Length) == 1L << Math.Min(62, choice.Selector.Type.Width)),
        _ => false,
    });

    private void ReportKept(Node register, SourceLocation where) => builder.Report("HDL0125",
        $"{(register.Name is null ? "a register" : $"'{register.Name}'")} of the pipeline '{name}' can keep the value of an earlier beat", where,
        "give it a value for every beat; what outlives a beat is a register outside of the pipeline, read with At");

    private bool Place(Node value, Level level, SourceLocation where)
    {
        if (value is ConstNode)
        {
            return false;
        }

        var known = LevelOf(value);
        if (known.IsBeat && known != level)
        {
            builder.Report("HDL0124", $"{Text(value)} stands at level {known.Count} of the pipeline '{name}' already", where, "say once where a value stands; the beat's own needs no word");
            return false;
        }

        return _levels.TryAdd(value, level) || known == level;
    }

    /// <summary>The level of a value; what comes from outside is reported once.</summary>
    private Level Known(Node node, SourceLocation where)
    {
        var level = LevelOf(node);
        if (level.IsKnown)
        {
            return level;
        }

        var isLate = node is WireNode or RegisterNode && node.Id >= _firstNode && !_driven.ContainsKey(node);
        builder.Report("HDL0123", level.Kind == LevelKind.Mixed ? $"{Text(node)} was made outside of the pipeline '{name}' of values of several levels"
            : isLate ? $"{Text(node)} is used in the pipeline '{name}' before it is driven"
            : $"{Text(node)} comes into the pipeline '{name}' from outside", where,
            "Held(x) for a value that doesn't change while a beat is under way, At(n, x) for one that is valid n levels after its beat entered");
        return _levels[node] = new Level(LevelKind.Any);
    }

    private Level LevelOf(Node node)
    {
        if (_levels.TryGetValue(node, out var level))
        {
            return level;
        }

        level = node switch
        {
            ConstNode => new Level(LevelKind.Any),
            WireNode or RegisterNode or InputNode or InstanceOutputNode or MemoryReadNode { Synchronous: true } => new Level(LevelKind.Outside),
            _ => Level.Of(node.Operands.Select(LevelOf)),
        };

        // A value from outside may still be given its place.
        return level.IsKnown ? _levels[node] = level : level;
    }

    private Node Delayed(Node node, int level)
    {
        var now = LevelOf(node);
        if (!now.IsBeat || now.Count >= level)
        {
            return node;
        }

        // What is only wiring comes behind the registers, where it makes none of its own.
        if (node.Name is null && node is ResizeNode or LaneMapNode or ReinterpretNode && node.Operands[0].Type.Bits <= node.Type.Bits)
        {
            var operand = Delayed(node.Operands[0], level);
            return node switch
            {
                LaneMapNode lanes => builder.Arena.LaneMap(node.Type, operand, lanes.Map),
                ReinterpretNode => builder.Arena.Reinterpret(node.Type, operand),
                _ => builder.Arena.Resize(node.Type, operand),
            };
        }

        while (now.Count < level)
        {
            if (!_delays.TryGetValue(node, out var next))
            {
                var register = builder.NewRegister(node.Type, builder.DelayName(node, name), null, location);
                builder.NoteDelay(register, node, name);
                builder.AssignRegister(register, node, null, location);
                _levels[register] = now.Next;
                _delays[node] = next = register;
            }

            (node, now) = (next, now.Next);
        }

        return node;
    }

    private static string Text(Node node) => node.Name is null ? $"a value ({node.Type})" : $"'{node.Name}' ({node.Type})";
}
