using System.Collections.Immutable;
using System.Numerics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Hdl.Passes;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Interpreted;

/// <summary>
/// Values of any named net from a state block, computed on demand: an engine keeps only ports, registers and memories, and every name is still free to look at.
/// The value is what the net has after a settle with the block's inputs, whether or not the engine has settled. For one thread at a time.
/// </summary>
public sealed unsafe class NetEvaluator : IDisposable
{
    private readonly StateLayout _layout;
    private readonly ImmutableArray<Node> _order;
    private readonly Dictionary<string, Node> _nets = [];
    private readonly Dictionary<Node, EvaluationPlan> _plans = [];

    /// <summary>An evaluator for state blocks of this layout.</summary>
    public NetEvaluator(StateLayout layout)
        : this(layout, TopologicalOrder.Of(layout.Flat))
    {
    }

    internal NetEvaluator(StateLayout layout, ImmutableArray<Node> order)
    {
        (_layout, _order) = (layout, order);
        foreach (var node in layout.Flat.Nodes)
        {
            if (node.Name is { } name)
            {
                _nets[name] = node;
            }
        }

        foreach (var port in layout.Flat.Ports)
        {
            _nets[port.Name] = port.Node;
        }
    }

    /// <summary>Every net that has a name, by hierarchical path.</summary>
    public IReadOnlyDictionary<string, Node> Nets => _nets;

    /// <summary>The net of that path, or a <see cref="SimulationException"/> that names similar ones.</summary>
    public Node Find(string path)
    {
        if (_nets.TryGetValue(path, out var node))
        {
            return node;
        }

        var last = path[(path.LastIndexOf('.') + 1)..];
        var similar = _nets.Keys.Where(name => name.Contains(last, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).Take(5).ToList();
        throw new SimulationException($"'{_layout.Flat.Name}' has no net '{path}'" + (similar.Count == 0 ? "" : $"; similar: {string.Join(", ", similar)}"));
    }

    /// <summary>The present value of a net by path, one integer per lane.</summary>
    public BigInteger[] Read(ReadOnlySpan<byte> state, string path) => Read(state, Find(path));

    /// <summary>The present value of a node of the flat definition, one integer per lane.</summary>
    public BigInteger[] Read(ReadOnlySpan<byte> state, Node node)
    {
        if (!_plans.TryGetValue(node, out var plan))
        {
            _plans[node] = plan = Plan([node]);
        }

        fixed (byte* block = state)
        {
            plan.Run(block);
        }

        return plan[node].ReadAll();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var plan in _plans.Values)
        {
            plan.Dispose();
        }

        _plans.Clear();
    }

    /// <summary>One pass for several nodes; the caller disposes it.</summary>
    internal EvaluationPlan Plan(IEnumerable<Node> nodes) => new(_layout, _order, nodes);
}
