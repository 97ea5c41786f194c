using LoopLynx.Gen.Expressions;
using LoopLynx.Gen.Graph;
using LoopLynx.Gen.Text;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Blocks;

/// <summary>
/// Writes lanes taken from elsewhere: a run of lanes is a part select, a rotation a concatenation, a repetition a replication,
/// an even stride or a reversal a loop, anything else a concatenation of lanes.
/// </summary>
internal static class LaneMapWriter
{
    /// <summary>Pieces that read well in one concatenation; beyond, an even stride becomes a loop.</summary>
    private const int FewPieces = 4;

    /// <summary>Whether the map is a loop.</summary>
    public static bool NeedsLoop(LaneMapNode node) =>
        Repeats(node) == 1 && LaneRun.Consecutive(node.Map).Count > FewPieces && LaneRun.Of(node.Map) is not null;

    /// <summary>The map as an expression.</summary>
    public static Expr Expression(ModuleScope module, LaneMapNode node)
    {
        var width = node.Type.Width;
        var part = node.Map[..(node.Map.Length / Repeats(node))];
        if (part.Length == 1 && node.Operands[0].Type.Lanes == 1)
        {
            return Repeat(node, module.Operand(node.Operands[0]));
        }

        var source = module.Select(node.Operands[0]);
        var pieces = LaneRun.Consecutive(part).Reverse().Select(r => source.Bits(r.First * width, r.Count * width).Text).ToArray();
        return Repeat(node, pieces.Length == 1 ? source.Bits(part[0] * width, part.Length * width) : Literal.Concatenation(pieces));
    }

    /// <summary>An even stride as a loop.</summary>
    public static void WriteLoop(ModuleScope module, LaneMapNode node, Net target)
    {
        var index = module.Genvar("i");
        var (width, lanes) = (node.Type.Width, node.Type.Lanes);
        var run = LaneRun.Of(node.Map)!.Value;
        var all = module.Select(node.Operands[0]);
        var from = all with { Width = width, Low = all.Low + (run.First * width), Step = run.Stride * width, Index = index, Count = lanes };
        var to = new Source(target, width, 0, width, index, lanes);
        var at = target.Declared ? node.Location : default;
        module.Declare(target);
        module.Body.Open("generate");
        module.Body.Open(LoopWriter.For(index, lanes, module.Names.Fresh($"{target.Name}_lanes")));
        module.Body.Line($"assign {to.Target} = {from.All.Text};", at);
        module.Body.Close("end");
        module.Body.Close("endgenerate");
    }

    private static int Repeats(LaneMapNode node) => node.Map.Length / LaneRun.Period(node.Map);

    private static Expr Repeat(LaneMapNode node, Expr part) =>
        Repeats(node) == 1 ? part : new($"{{{Repeats(node)}{{{part.Text}}}}}", Signed: false);
}
