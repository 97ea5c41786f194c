using System.Collections.Immutable;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Graph;

/// <summary>The structured body of a definition, constant conditions resolved, and what it says about each target.</summary>
internal sealed class Drives
{
    private readonly Dictionary<Node, List<int>> _touching = [];
    private readonly Dictionary<Node, List<Node>> _reads = [];

    /// <summary>Reads the body of a definition.</summary>
    public Drives(Definition definition)
    {
        Body = Fold(definition.Body);
        for (var i = 0; i < Body.Length; i++)
        {
            Visit(Body[i], i, []);
        }
    }

    /// <summary>
    /// The statements at the top level. Constant conditions are gone: a process that reads nothing would never run in an event-driven simulator.
    /// </summary>
    public ImmutableArray<Statement> Body { get; }

    /// <summary>Whether the body assigns the wire or register.</summary>
    public bool Assigns(Node target) => _touching.ContainsKey(target);

    /// <summary>Indices in <see cref="Body"/> of the statements that assign the target.</summary>
    public IReadOnlyList<int> Touching(Node target) => _touching[target];

    /// <summary>Values and conditions that decide the target.</summary>
    public IReadOnlyList<Node> Reads(Node target) => _reads[target];

    /// <summary>The statements with only the assignments to some targets; branches without any are empty.</summary>
    public static ImmutableArray<Statement> Only(IEnumerable<Statement> statements, IReadOnlySet<Node> targets) =>
        [.. statements.Select(s => Only(s, targets)).OfType<Statement>()];

    private static Statement? Only(Statement statement, IReadOnlySet<Node> targets)
    {
        switch (statement)
        {
            case AssignStatement assign:
                return targets.Contains(assign.Target) ? assign : null;
            case IfStatement choice:
                var kept = choice with { Then = Only(choice.Then, targets), Else = Only(choice.Else, targets) };
                return kept.Then.IsEmpty && kept.Else.IsEmpty ? null : kept;
            case SwitchStatement select:
                ImmutableArray<SwitchArm> arms = [.. select.Arms.Select(a => a with { Body = Only(a.Body, targets) })];
                var rest = Only(select.Default, targets);
                return rest.IsEmpty && arms.All(a => a.Body.IsEmpty) ? null : select with { Arms = arms, Default = rest };
            default:
                throw new InvalidOperationException($"unknown statement {statement.GetType().Name}");
        }
    }

    private static ImmutableArray<Statement> Fold(IEnumerable<Statement> statements) => [.. statements.SelectMany(s => Fold(s))];

    private static ImmutableArray<Statement> Fold(Statement statement) => statement switch
    {
        IfStatement { Condition: ConstNode c } choice => Fold(c.Values[0].IsZero ? choice.Else : choice.Then),
        IfStatement choice => [choice with { Then = Fold(choice.Then), Else = Fold(choice.Else) }],
        SwitchStatement { Selector: ConstNode c } select =>
            Fold(select.Arms.FirstOrDefault(a => a.Keys.Contains(c.Values[0]))?.Body ?? select.Default),
        SwitchStatement select => FoldArms(select),
        _ => [statement],
    };

    /// <summary>Keys that the selector's type can't hold never match; a switch without arms is its default.</summary>
    private static ImmutableArray<Statement> FoldArms(SwitchStatement select)
    {
        ImmutableArray<SwitchArm> arms =
        [
            .. select.Arms
                .Select(a => new SwitchArm([.. a.Keys.Where(select.Selector.Type.Holds)], Fold(a.Body)))
                .Where(a => !a.Keys.IsEmpty),
        ];
        return arms.IsEmpty ? Fold(select.Default) : [select with { Arms = arms, Default = Fold(select.Default) }];
    }

    private void Visit(Statement statement, int top, ImmutableArray<Node> conditions)
    {
        switch (statement)
        {
            case AssignStatement assign:
                Note(assign, top, conditions);
                break;
            case IfStatement choice:
                VisitAll(choice.Then.AddRange(choice.Else), top, conditions.Add(choice.Condition));
                break;
            case SwitchStatement select:
                VisitAll([.. select.Arms.SelectMany(a => a.Body), .. select.Default], top, conditions.Add(select.Selector));
                break;
        }
    }

    private void VisitAll(ImmutableArray<Statement> statements, int top, ImmutableArray<Node> conditions)
    {
        foreach (var statement in statements)
        {
            Visit(statement, top, conditions);
        }
    }

    private void Note(AssignStatement assign, int top, ImmutableArray<Node> conditions)
    {
        if (!_touching.TryGetValue(assign.Target, out var tops))
        {
            _touching[assign.Target] = tops = [];
            _reads[assign.Target] = [];
        }

        if (tops.Count == 0 || tops[^1] != top)
        {
            tops.Add(top);
        }

        _reads[assign.Target].AddRange(conditions.Add(assign.Value));
    }
}
