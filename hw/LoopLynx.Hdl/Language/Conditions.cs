using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>Conditional assignment.</summary>
public static partial class Hardware
{
    /// <summary>Assignments in <paramref name="body"/> hold where the condition is 1.</summary>
    public static WhenChain When(Signal condition, Action body, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        new WhenChain(Builder.Current).ElseWhen(condition, body, file, line);

    /// <summary>Assignments by the value of a scalar.</summary>
    public static void Switch(Signal selector, Action<SwitchArms> arms, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var location = new SourceLocation(file, line);
        var collected = new SwitchArms(Builder.Current, selector, location);
        arms(collected);
        collected.Finish();
    }
}

/// <summary>The branches of a <c>When</c>.</summary>
public sealed class WhenChain
{
    private readonly Builder _builder;
    private readonly List<(Node Condition, ImmutableArray<Statement> Body, SourceLocation Location)> _branches = [];
    private Node? _noneBefore;
    private Statement? _appended;

    internal WhenChain(Builder builder) => _builder = builder;

    /// <summary>A branch for when the conditions before are 0 and this one is 1.</summary>
    public WhenChain ElseWhen(Signal condition, Action body, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var location = new SourceLocation(file, line);
        var node = _builder.Condition(condition, location);
        var bit = new HdlType(1, false);
        var taken = _noneBefore is null ? node : _builder.Arena.Binary(bit, BinaryOp.And, _noneBefore, node);
        _branches.Add((node, _builder.Nested(taken, body), location));
        var not = _builder.Not(node);
        _noneBefore = _noneBefore is null ? not : _builder.Arena.Binary(bit, BinaryOp.And, _noneBefore, not);
        Rebuild([]);
        return this;
    }

    /// <summary>The branch for when all conditions are 0.</summary>
    public void Else(Action body) => Rebuild(_builder.Nested(_noneBefore!, body));

    private void Rebuild(ImmutableArray<Statement> last)
    {
        for (var i = _branches.Count - 1; i >= 0; i--)
        {
            var (condition, body, location) = _branches[i];
            last = [new IfStatement(condition, body, last, location)];
        }

        if (_appended is null)
        {
            _builder.Append(last[0]);
        }
        else
        {
            _builder.Replace(_appended, last[0]);
        }

        _appended = last[0];
    }
}

/// <summary>The arms of a <c>Switch</c>.</summary>
public sealed class SwitchArms
{
    private readonly Builder _builder;
    private readonly Node _selector;
    private readonly SourceLocation _location;
    private readonly List<SwitchArm> _arms = [];
    private readonly HashSet<BigInteger> _keys = [];
    private Node? _noneBefore;
    private Action? _default;

    internal SwitchArms(Builder builder, Signal selector, SourceLocation location)
    {
        _builder = builder;
        _selector = builder.Resolve(selector);
        _location = location;
        Builder.Stamp(_selector, location);
        if (_selector.Type.Lanes != 1)
        {
            throw builder.Fatal("HDL0109", $"the selector of a Switch is {_selector.Type}, not a scalar", "switch on one lane");
        }
    }

    /// <summary>The assignments for one selector value.</summary>
    public void Case(BigInteger key, Action body) => Case([key], body);

    /// <summary>The assignments for one member of an enumeration.</summary>
    public void Case(Enum key, Action body) => Case([Convert.ToInt64(key)], body);

    /// <summary>The assignments for several selector values.</summary>
    public void Case(IReadOnlyList<BigInteger> keys, Action body)
    {
        Node? taken = null;
        var bit = new HdlType(1, false);
        foreach (var key in keys)
        {
            if (!_selector.Type.Holds(key) || !_keys.Add(key))
            {
                _builder.Report("HDL0117", $"case {key} of a selector of type {_selector.Type} is out of range or listed twice", _location, "list each possible value once");
                continue;
            }

            var equal = _builder.Arena.Binary(bit, BinaryOp.Equal, _selector, _builder.Arena.Const(_selector.Type, key));
            taken = taken is null ? equal : _builder.Arena.Binary(bit, BinaryOp.Or, taken, equal);
        }

        if (taken is null)
        {
            return;
        }

        _arms.Add(new SwitchArm([.. keys], _builder.Nested(taken, body)));
        var not = _builder.Not(taken);
        _noneBefore = _noneBefore is null ? not : _builder.Arena.Binary(bit, BinaryOp.And, _noneBefore, not);
    }

    /// <summary>The assignments for every value that no case lists, before or after.</summary>
    public void Default(Action body)
    {
        if (_default is not null)
        {
            _builder.Report("HDL0117", "a Switch has two defaults", _location, "list each possible value once");
        }

        _default = body;
    }

    internal void Finish()
    {
        // Runs last, because its memory writes and assertions hold where no case does.
        var rest = _default is null ? [] : _builder.Nested(_noneBefore ?? _builder.Arena.Const(new HdlType(1, false), 1), _default);
        if (_arms.Count > 0)
        {
            _builder.Append(new SwitchStatement(_selector, [.. _arms], rest, _location));
        }
        else
        {
            foreach (var statement in rest)
            {
                _builder.Append(statement);
            }
        }
    }
}
