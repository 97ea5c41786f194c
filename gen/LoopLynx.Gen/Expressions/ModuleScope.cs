using LoopLynx.Gen.Graph;
using LoopLynx.Gen.Text;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Expressions;

/// <summary>The body of a module: its nets, and the text so far. A value is its whole packed vector.</summary>
internal sealed class ModuleScope : Scope
{
    private readonly Dictionary<Node, Net> _nets = [];
    private readonly List<Net> _all = [];
    private readonly Dictionary<string, string> _genvars = [];
    private readonly Sinks _sinks;

    /// <summary>Makes the scope of a definition.</summary>
    public ModuleScope(Definition definition, LiveGraph graph)
    {
        User = new(definition, graph.Order, Names);
        Printing = new(graph, definition);
        _sinks = new(graph, definition);
    }

    /// <summary>Names in use.</summary>
    public NameTable Names { get; } = new();

    /// <summary>Names that the user gave.</summary>
    public UserNames User { get; }

    /// <summary>Which values get nets.</summary>
    public Printing Printing { get; }

    /// <summary>Statements so far; a net is declared before the line that reads it.</summary>
    public CodeText Body { get; } = new();

    /// <summary>Loop variables in use.</summary>
    public IEnumerable<string> Genvars => _genvars.Values;

    /// <summary>Every net of the module's own level, in order of declaration.</summary>
    public IReadOnlyList<Net> Nets => _all;

    /// <inheritdoc/>
    public override ModuleScope Module => this;

    /// <summary>The loop variable of a nesting level: <c>i</c> of the innermost lanes, <c>g</c> of groups.</summary>
    public string Genvar(string wish)
    {
        if (!_genvars.TryGetValue(wish, out var name))
        {
            _genvars[wish] = name = Names.Fresh(wish);
        }

        return name;
    }

    /// <summary>The name for a part of a value: what it serves, then what it is.</summary>
    public string Fresh(Node node, string what) =>
        Names.Fresh(User.Of(node) is { } own ? $"{own}_{what}" : _sinks.Of(node) is { } sink ? $"{sink}_{what}" : what);

    /// <summary>Makes the net of a value that the user named, or a net with a name for what it does.</summary>
    public Net Add(Node node, bool declared)
    {
        var name = User.Of(node) ?? Fresh(node, Hints.Of(node));
        var net = Track(new Net(name, node.Type) { Location = node.Location, Declared = declared });
        Bind(node, net);
        return net;
    }

    /// <summary>Makes a given net the net of a value.</summary>
    public void Bind(Node node, Net net) => _nets[node] = net;

    /// <summary>Lists a net that belongs to no value, so that its unread bits are found.</summary>
    public Net Track(Net net)
    {
        _all.Add(net);
        return net;
    }

    /// <summary>The net of a value that has one.</summary>
    public Net NetOf(Node node) => _nets[node];

    /// <summary>Whether a value has a net by now.</summary>
    public bool HasNet(Node node) => _nets.ContainsKey(node);

    /// <inheritdoc/>
    public override int WidthOf(Node node) => node.Type.Bits;

    /// <inheritdoc/>
    public override bool CanAbsorb(Node node) => node.Type.Lanes == 1 && Printing.IsPrivate(node) && !HasNet(node);

    /// <inheritdoc/>
    public override Expr Operand(Node node) => Text(node, wholeRightHandSide: false);

    /// <summary>The value as the whole right-hand side of an assignment to a target of its type.</summary>
    public Expr RightHandSide(Node node) => Text(node, Printing.IsPrivate(node));

    /// <inheritdoc/>
    public override Source Select(Node node)
    {
        if (!HasNet(node))
        {
            switch (node)
            {
                case SliceNode s when s.Type.Lanes == 1 && Printing.IsOnDemand(node):
                    return Select(s.Operands[0]).Part(s.Low, s.Type.Width);
                case LaneMapNode m when Printing.IsOnDemand(node) && LaneRun.Consecutive(m.Map) is [var run]:
                    return Select(m.Operands[0]).Part(run.First * m.Type.Width, run.Count * m.Type.Width);
                case ReinterpretNode or ResizeNode when Printing.IsOnDemand(node) && node.Operands[0].Type.Bits == node.Type.Bits:
                    return Select(node.Operands[0]);
                default:
                    Materialise(node);
                    break;
            }
        }

        return _nets[node].Source;
    }

    /// <summary>
    /// Gives a value a net and drives it; with <paramref name="into"/>, drives that net instead of a new one.
    /// </summary>
    public void Materialise(Node node, Net? into = null)
    {
        if (Blocks.ValueBlocks.Write(this, node, into))
        {
            return;
        }

        var value = node is ConstNode c ? Literal.Packed(c.Type, c.Values) : Writer.Write(node, node.Type.Bits, whole: true);
        Drive(into ?? Add(node, declared: false), value, node.Location, OperationWriter.Attribute(node));
    }

    /// <summary>Prints a declaration with its value, or an assignment where the net is declared elsewhere.</summary>
    public void Drive(Net net, Expr value, SourceLocation at, string attribute = "")
    {
        if (attribute.Length > 0)
        {
            net.Attribute = attribute;
        }

        net.Drive(Body, value, at);
    }

    /// <summary>Prints the declaration of a net that is driven by statements that follow.</summary>
    public void Declare(Net net)
    {
        if (!net.Declared)
        {
            Body.Line($"{net.Declaration};", net.Location);
            net.Declared = true;
        }
    }

    /// <inheritdoc/>
    public override Net Temporary(Node node, string what, HdlType type, Expr value)
    {
        var net = Track(new Net(Fresh(node, what), type) { Location = node.Location });
        Drive(net, value, node.Location, what == "product" ? OperationWriter.Attribute(node) : "");
        return net;
    }

    private Expr Text(Node node, bool wholeRightHandSide)
    {
        if (HasNet(node))
        {
            return _nets[node].Whole;
        }

        if (node is ConstNode { Name: null } c && (c.Type.Lanes == 1 || c.IsUniform))
        {
            return Literal.Packed(c.Type, c.Values);
        }

        if (Printing.IsOnDemand(node) && !Blocks.ValueBlocks.Needs(this, node))
        {
            return Inline(node, wholeRightHandSide);
        }

        Materialise(node);
        return _nets[node].Whole;
    }
}
