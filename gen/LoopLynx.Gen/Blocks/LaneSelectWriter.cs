using System.Numerics;
using LoopLynx.Gen.Expressions;
using LoopLynx.Gen.Text;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Blocks;

/// <summary>
/// Writes the choice of a run of lanes whose bits are no power of two as a <c>case</c> over the index. An indexed part select would start at a product, and
/// tools make
/// a shifter as wide as the whole vector of it; a power of two only moves the index, and they make a multiplexer of it by themselves.
/// </summary>
internal static class LaneSelectWriter
{
    /// <summary>Whether the choice is a case statement.</summary>
    public static bool NeedsBlock(LaneSelectNode node) =>
        node.Operands[1] is not ConstNode && Runs(node) > 1 && !BitOperations.IsPow2(node.Type.Bits);

    /// <summary>The choice as a case statement. An index past the last run takes the last one.</summary>
    public static void Write(ModuleScope module, LaneSelectNode node, Net target)
    {
        var (all, index) = (node.Operands[0], node.Operands[1]);
        var source = module.Select(all);
        string Run(int i) => source.Bits(i * node.Type.Bits, node.Type.Bits).Text;
        var text = new CodeText();
        text.Open("always @* begin");
        text.Open($"case ({module.Operand(index).Text})", node.Location);
        var last = index.Type.Holds(Runs(node) - 1) ? Runs(node) - 1 : (int)index.Type.Max;
        for (var i = 0; i < last; i++)
        {
            text.Line($"{Literal.Of(i, index.Type.Width, index.Type.Signed).Text}: {target.Name} = {Run(i)};");
        }

        text.Line($"default: {target.Name} = {Run(last)};");
        text.Close("endcase");
        text.Close("end");
        target.IsReg = true;
        module.Declare(target);
        module.Body.Append(text);
    }

    private static int Runs(LaneSelectNode node) => node.Operands[0].Type.Lanes / node.Type.Lanes;
}
