using System.Collections.Immutable;
using System.Numerics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Hdl.Passes;

namespace LoopLynx.Hdl.Coverage;

/// <summary>
/// Lines and arms of the structured assignments: a line is hit when the conditions around it hold at a clock edge, an arm when those hold and its own does.
/// What can't be reached because a condition is constant, or because a state machine has no such state, is no point.
/// </summary>
internal sealed class StatementPoints(DefinitionCopy copy, PointList points, IReadOnlyList<ClockDomain> clocks)
{
    private static readonly HdlType Bit = new(1, false);

    /// <summary>Finds the points of a definition's body and memories.</summary>
    public void Find(Definition source)
    {
        Walk(source.Body, copy.Arena.Const(Bit, 1));
        foreach (var write in source.Memories.SelectMany(m => m.Writes))
        {
            points.Add(CoverageKind.Line, "", write.Location, [write.Domain], copy.Map[write.Enable]);
        }
    }

    private void Walk(IReadOnlyList<Statement> body, Node path)
    {
        foreach (var statement in body)
        {
            var domains = Domains(statement);
            points.Add(CoverageKind.Line, "", statement.Location, domains, path);
            switch (statement)
            {
                case IfStatement { Condition: var condition } choice:
                    Enter(choice.Then, "true", statement.Location, domains, And(path, copy.Map[condition]));
                    Enter(choice.Else, "false", statement.Location, domains, And(path, Not(copy.Map[condition])));
                    break;
                case SwitchStatement choice:
                    Choose(choice, domains, path);
                    break;
            }
        }
    }

    private void Choose(SwitchStatement choice, IReadOnlyList<ClockDomain> domains, Node path)
    {
        var selector = copy.Map[choice.Selector];
        var machine = StateMachine.Of(choice.Selector);
        var states = machine?.States ?? [];
        Node? any = null;
        foreach (var arm in choice.Arms)
        {
            var taken = arm.Keys.Select(key => copy.Arena.Binary(Bit, BinaryOp.Equal, selector, copy.Arena.Const(selector.Type, key))).Aggregate(Or);
            any = any is null ? taken : Or(any, taken);
            var name = string.Join(", ", arm.Keys.Select(key => key.Sign >= 0 && key < states.Length ? states[(int)key] : key.ToString()));
            Enter(arm.Body, $"case {name}", choice.Location, domains, And(path, taken));
        }

        var keys = choice.Arms.SelectMany(arm => arm.Keys).ToHashSet();
        var hasDefault = machine is not null && StateMachine.Successors(machine) is not null
            ? !Enumerable.Range(0, states.Length).All(state => keys.Contains(state))
            : new BigInteger(keys.Count) < BigInteger.One << selector.Type.Width;
        if (hasDefault)
        {
            Enter(choice.Default, "default", choice.Location, domains, And(path, Not(any!)));
        }
    }

    private void Enter(ImmutableArray<Statement> body, string name, SourceLocation location, IReadOnlyList<ClockDomain> domains, Node taken)
    {
        if (taken is ConstNode { Values: [{ IsZero: true }] })
        {
            return;
        }

        points.Add(CoverageKind.Arm, name, location, domains, taken);
        Walk(body, taken);
    }

    // A register's assignment counts at the edges of its own clock, a wire's at those of any clock of the definition.
    private IReadOnlyList<ClockDomain> Domains(Statement statement)
    {
        var domains = Targets([statement]).OfType<RegisterNode>().Select(r => r.Domain).Distinct().ToList();
        return domains.Count > 0 ? domains : clocks;
    }

    private static IEnumerable<Node> Targets(IEnumerable<Statement> body) => body.SelectMany(statement => statement switch
    {
        AssignStatement a => [a.Target],
        IfStatement i => Targets(i.Then.Concat(i.Else)),
        SwitchStatement s => Targets(s.Arms.SelectMany(a => a.Body).Concat(s.Default)),
        _ => Enumerable.Empty<Node>(),
    });

    private Node And(Node a, Node b) => copy.Arena.Binary(Bit, BinaryOp.And, a, b);

    private Node Or(Node a, Node b) => copy.Arena.Binary(Bit, BinaryOp.Or, a, b);

    private Node Not(Node a) => copy.Arena.Unary(Bit, UnaryOp.Not, a);
}
