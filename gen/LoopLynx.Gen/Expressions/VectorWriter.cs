using System.Numerics;
using LoopLynx.Gen.Blocks;
using LoopLynx.Gen.Text;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Expressions;

/// <summary>Writes operations that see the packed vector as a whole.</summary>
internal static class VectorWriter
{
    /// <summary>The operation as an expression.</summary>
    public static Expr Write(ModuleScope module, Node node) => node switch
    {
        ConcatNode => Literal.Concatenation([.. node.Operands.Select(o => module.Operand(o).Text)]),
        LaneConcatNode => Literal.Concatenation([.. node.Operands.Reverse().Select(o => module.Operand(o).Text)]),
        ReinterpretNode => module.Operand(node.Operands[0]),
        CaseNode choice => CaseWriter.Expression(module, choice),
        ReduceNode reduce => ReduceWriter.Expression(module, reduce),
        LaneMapNode map => LaneMapWriter.Expression(module, map),
        LaneSelectNode select => Select(module, select),
        _ => throw new InvalidOperationException($"{node.GetType().Name} has no expression"),
    };

    /// <summary>
    /// A run of lanes by index, of bits that are a power of two (<see cref="LaneSelectWriter"/> has the others): an indexed part select whose start is
    /// exactly as wide as it must be.
    /// An index past the last run is clamped.
    /// </summary>
    private static Expr Select(ModuleScope module, LaneSelectNode node)
    {
        var (all, index) = (node.Operands[0], node.Operands[1]);
        var runs = all.Type.Lanes / node.Type.Lanes;
        if (runs == 1 || index is ConstNode)
        {
            var run = index is ConstNode c ? (int)BigInteger.Min(c.Values[0], runs - 1) : 0;
            return module.Select(all).Bits(run * node.Type.Bits, node.Type.Bits);
        }

        var source = module.Select(all);
        source.Net.Read(source.Low, source.Width);
        return new($"{source.Net.Name}[{Start(module, node, index, runs, source)} +: {node.Type.Bits}]", Signed: false);
    }

    private static string Start(ModuleScope module, Node node, Node index, int runs, Source source)
    {
        var bits = node.Type.Bits;
        var indexBits = BitOperations.Log2((uint)(runs - 1)) + 1;
        var startBits = BitOperations.Log2((uint)(source.Net.Type.Bits - 1)) + 1;
        // Unsigned whatever net the index is read from: a signed start below zero would be out of range.
        var clamped = Clamped(module, node, index, runs, indexBits).Seen(signed: false);
        var shift = BitOperations.Log2((uint)bits);
        var padding = startBits - shift - indexBits;
        var zeros = shift > 0 ? $", {Literal.Zero(shift)}" : "";
        var start = padding == 0 && shift == 0 ? clamped.Text : $"{{{(padding > 0 ? $"{Literal.Zero(padding)}, " : "")}{clamped.Text}{zeros}}}";
        return source.Low == 0 ? start : $"{start} + {startBits}'d{source.Low}";
    }

    private static Expr Clamped(ModuleScope module, Node node, Node index, int runs, int indexBits)
    {
        if (index.Type.Width < indexBits)
        {
            return module.Writer.At(index, indexBits);
        }

        if (index.Type.Width == indexBits && BitOperations.IsPow2(runs))
        {
            return module.Operand(index);
        }

        var source = module.Select(index);
        var last = Literal.Of(runs - 1, index.Type.Width, signed: false).Text;
        var clamp = OperationWriter.Choice(
            new($"{source.All.Text} < {last}", Signed: false, "<"), source.Bits(0, indexBits), Literal.Of(runs - 1, indexBits, signed: false));
        return module.Temporary(node, "index", new HdlType(indexBits, false), clamp).Whole;
    }
}
