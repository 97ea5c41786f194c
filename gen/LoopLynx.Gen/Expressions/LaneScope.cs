using LoopLynx.Gen.Graph;
using LoopLynx.Gen.Text;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Expressions;

/// <summary>
/// The body of a generate loop over lanes: a value with lanes is its lane <c>i</c>, a scalar is the same in every lane.
/// Values that only this loop reads are computed in it.
/// </summary>
internal sealed class LaneScope(ModuleScope module, int lanes, string index) : Scope
{
    private readonly Dictionary<Node, Net> _nets = [];
    private readonly List<Net> _all = [];

    /// <summary>Declarations of the loop's own nets.</summary>
    public CodeText Body { get; } = new();

    /// <inheritdoc/>
    public override ModuleScope Module => module;

    /// <summary>Nets declared in the loop.</summary>
    public IReadOnlyList<Net> Nets => _all;

    /// <inheritdoc/>
    public override int WidthOf(Node node) => node.Type.Width;

    /// <inheritdoc/>
    public override bool CanAbsorb(Node node) =>
        node.Type.Lanes == lanes && Printing.IsLaneWise(node) && module.Printing.IsPrivate(node) && !module.HasNet(node) && !_nets.ContainsKey(node);

    /// <inheritdoc/>
    public override Expr Operand(Node node)
    {
        if (node.Type.Lanes == 1)
        {
            return module.Operand(node);
        }

        if (node is ConstNode { IsUniform: true, Name: null } c)
        {
            return Literal.Of(c.Values[0], c.Type.Width, c.Type.Signed);
        }

        return CanAbsorb(node) ? Inline(node, wholeRightHandSide: false) : Select(node).All;
    }

    /// <inheritdoc/>
    public override Source Select(Node node)
    {
        if (node.Type.Lanes == 1)
        {
            return module.Select(node);
        }

        if (_nets.TryGetValue(node, out var local))
        {
            return local.Source;
        }

        if (!module.HasNet(node) && node is LaneMapNode map && module.Printing.IsOnDemand(node) && LaneRun.Of(map.Map) is { } run)
        {
            return Lanes(module.Select(map.Operands[0]), node.Type.Width, run.First, run.Stride);
        }

        if (CanAbsorb(node))
        {
            return node is SliceNode slice ? Select(slice.Operands[0]).Part(slice.Low, slice.Type.Width) : Keep(node).Source;
        }

        return Lanes(module.Select(node), node.Type.Width, 0, 1);
    }

    /// <inheritdoc/>
    public override Net Temporary(Node node, string what, HdlType type, Expr value)
    {
        var net = new Net(module.Fresh(node, what), type)
        {
            Location = node.Location,
            Attribute = what == "product" ? OperationWriter.Attribute(node) : "",
        };
        _all.Add(net);
        net.Drive(Body, value, node.Location);
        return net;
    }

    private Source Lanes(Source all, int width, int first, int stride) =>
        all with { Width = width, Low = all.Low + (first * width), Step = stride * width, Index = index, Count = lanes };

    private Net Keep(Node node) =>
        _nets[node] = Temporary(node, Hints.Of(node), node.Type.WithLanes(1), Writer.Write(node, node.Type.Width, whole: true));
}
