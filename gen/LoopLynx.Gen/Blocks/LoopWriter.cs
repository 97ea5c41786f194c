using LoopLynx.Gen.Expressions;
using LoopLynx.Gen.Text;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Blocks;

/// <summary>
/// Writes a lane-wise value, with the lane-wise values that only it reads, as one loop:
/// <code>
/// wire [127:0] product;
/// generate
///     for (i = 0; i &lt; 8; i = i + 1) begin : product_lanes
///         assign product[i*16 +: 16] = $signed(a[i*8 +: 8]) * $signed(b[i*8 +: 8]);
///     end
/// endgenerate
/// </code>
/// </summary>
internal static class LoopWriter
{
    /// <summary>Writes the loop that drives <paramref name="target"/>; with a clock, the lanes are registers.</summary>
    public static void Write(ModuleScope module, Node node, Net target, string? clock = null)
    {
        var index = module.Genvar("i");
        var label = module.Names.Fresh($"{target.Name}_lanes");
        var scope = new LaneScope(module, node.Type.Lanes, index);
        var value = scope.Writer.Write(node, node.Type.Width, whole: true);
        var lane = new Source(target, node.Type.Width, 0, node.Type.Width, index, node.Type.Lanes);
        target.Attribute = OperationWriter.Attribute(node);
        var at = target.Declared ? node.Location : default;
        module.Declare(target);
        var text = new CodeText();
        text.Open("generate");
        text.Open(For(index, node.Type.Lanes, label));
        text.Append(scope.Body);
        text.Line(clock is null ? $"assign {lane.Target} = {value.Text};" : $"always @(posedge {clock}) {lane.Target} <= {value.Text};", at);
        Unused(module, scope.Nets, text);
        text.Close("end");
        text.Close("endgenerate");
        module.Body.Append(text);
    }

    /// <summary>Head of a generate loop.</summary>
    public static string For(string index, int count, string label) => $"for ({index} = 0; {index} < {count}; {index} = {index} + 1) begin : {label}";

    /// <summary>Reads the bits that nothing else reads, so that tools see that they are dropped on purpose.</summary>
    public static void Unused(ModuleScope module, IEnumerable<Net> nets, CodeText text)
    {
        var unread = nets.SelectMany(n => n.Unread()).ToArray();
        if (unread.Length > 0)
        {
            text.Line($"wire {module.Names.Fresh("_unused_ok")} = &{Literal.Concatenation(["1'b0", .. unread]).Text};");
        }
    }
}
