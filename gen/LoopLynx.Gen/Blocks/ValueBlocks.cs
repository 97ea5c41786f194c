using LoopLynx.Gen.Expressions;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Blocks;

/// <summary>Values that take more than one expression: loops over lanes, trees, long choices.</summary>
internal static class ValueBlocks
{
    /// <summary>Whether the value can't be an expression inside another.</summary>
    public static bool Needs(ModuleScope module, Node node) => node switch
    {
        ConstNode or LaneSelectNode => true,
        CaseNode choice => CaseWriter.NeedsBlock(choice),
        ReduceNode reduce => ReduceWriter.NeedsBlock(reduce),
        LaneMapNode map => LaneMapWriter.NeedsLoop(map),
        _ => module.Printing.IsLoop(node),
    };

    /// <summary>Writes the value into a net, a new one unless <paramref name="into"/> is given; false for a value that is one expression.</summary>
    public static bool Write(ModuleScope module, Node node, Net? into)
    {
        if (node is ConstNode || !Needs(module, node) || (node is LaneSelectNode s && !LaneSelectWriter.NeedsBlock(s)))
        {
            return false;
        }

        // The operands' nets come first in the text, the declaration of this one right before its block.
        var target = into ?? module.Add(node, declared: false);
        switch (node)
        {
            case CaseNode choice:
                CaseWriter.Write(module, choice, target);
                break;
            case LaneSelectNode select:
                LaneSelectWriter.Write(module, select, target);
                break;
            case ReduceNode reduce:
                ReduceWriter.Write(module, reduce, target);
                break;
            case LaneMapNode map:
                LaneMapWriter.WriteLoop(module, map, target);
                break;
            default:
                LoopWriter.Write(module, node, target);
                break;
        }

        return true;
    }
}
