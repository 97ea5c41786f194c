using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>Products in DSPs with all of their registers.</summary>
public static class WideProducts
{
    /// <summary>
    /// Exact product of any widths and signs, as wide as both together, signed where a factor is: a <see cref="WideMultiplier"/>. Free-running, a product a
    /// cycle; latency <see cref="WideLatency"/>,
    /// which the function of a <c>Pipeline</c> counts.
    /// </summary>
    /// <param name="a">Lanes of a factor.</param>
    /// <param name="b">As many lanes of the other, or one for all.</param>
    /// <param name="name">Name of the instance.</param>
    public static Signal MultiplyWide(this Signal a, Signal b, string name = "multiplier")
    {
        var lanes = Math.Max(a.Lanes, b.Lanes);
        var (x, y) = (a.Lanes == lanes ? a : a.Broadcast(lanes), b.Lanes == lanes ? b : b.Broadcast(lanes));
        return Through(WideLatency(a, b), [x, y], operands =>
        {
            var multiplier = Instance(new WideMultiplier(x.Type, y.Type), name);
            multiplier.A.Drive(operands[0]);
            multiplier.B.Drive(operands[1]);
            return multiplier.Product;
        });
    }

    /// <summary>Cycles of <see cref="MultiplyWide"/>.</summary>
    /// <param name="a">Type of a factor; lanes don't matter.</param>
    /// <param name="b">Type of the other.</param>
    public static int WideLatency(Signal a, Signal b) => WideMultiplier.Latency(a.Type, b.Type);
}
