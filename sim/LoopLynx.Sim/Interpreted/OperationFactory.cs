using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Interpreted;

/// <summary>Chooses the operation of a node: a loop over words where its values allow that, else exact integers.</summary>
internal static class OperationFactory
{
    /// <param name="node">A node with a slot of its own.</param>
    /// <param name="layout">Where state lies.</param>
    /// <param name="slot">Slots of the node and its operands.</param>
    public static Operation Create(Node node, StateLayout layout, Func<Node, Slot> slot)
    {
        var target = slot(node);
        var operands = node.Operands.Select(slot).ToArray();
        return node switch
        {
            InputNode or RegisterNode or MemoryReadNode { Synchronous: true } => new LoadOperation(target, layout.Offset(node)),
            MemoryReadNode read => new MemoryReadOperation(target, operands[0], read.Memory, layout.Offset(read.Memory), StateLayout.RowBytes(read.Memory)),
            _ => Move(node, target, operands) ?? Narrow(node, target, operands) ?? new WideOperation(node, target, operands),
        };
    }

    // Nodes that only move bits work on words of any width.
    private static Operation? Move(Node node, Slot target, Slot[] operands) => node switch
    {
        MuxNode when Fit(target, operands[1..]) => new MuxOperation(target, operands[0], operands[1], operands[2]),
        CaseNode choice when operands[0].IsNarrow && Fit(target, operands[1..]) => new CaseOperation(target, operands[0], operands[1], choice.Keys, operands[2..]),
        LaneMapNode map when Fit(target, operands) => new LaneMapOperation(target, operands[0], map.Map),
        LaneConcatNode when Fit(target, operands) => new LaneConcatOperation(target, operands),
        LaneSelectNode when Fit(target, operands[..1]) => new LaneSelectOperation(target, operands[0], operands[1]),
        WireNode or ResizeNode when Fit(target, operands) => new ExtendOperation(target, operands[0]),
        WireNode or ResizeNode when !operands[0].IsNarrow && target.Type.Width <= operands[0].Type.Width => new WideSliceOperation(target, operands[0], 0),
        SliceNode slice when !operands[0].IsNarrow => new WideSliceOperation(target, operands[0], slice.Low),
        ReinterpretNode => new ReinterpretOperation(target, operands[0]),
        ConcatNode => new ConcatOperation(target, operands),
        _ => null,
    };

    private static Operation? Narrow(Node node, Slot target, Slot[] operands)
    {
        if (!target.IsNarrow || !operands.All(operand => operand.IsNarrow))
        {
            return null;
        }

        return node switch
        {
            UnaryNode unary => new UnaryOperation(unary.Op, target, operands[0]),
            BinaryNode binary => Binary(binary.Op, target, operands[0], operands[1]),
            WireNode or ResizeNode => new ResizeOperation(target, operands[0], 0),
            SliceNode slice => new ResizeOperation(target, operands[0], slice.Low),
            ReduceNode reduce => Reduce(reduce, target, operands[0]),
            _ => null,
        };
    }

    private static Operation Binary(BinaryOp op, Slot target, Slot a, Slot b) => (op, a.Type.Signed) switch
    {
        (BinaryOp.Add, _) => new BinaryOperation<AddOperator>(target, a, b),
        (BinaryOp.Subtract, _) => new BinaryOperation<SubtractOperator>(target, a, b),
        (BinaryOp.Multiply, _) => new BinaryOperation<MultiplyOperator>(target, a, b),
        (BinaryOp.And, _) => new BinaryOperation<AndOperator>(target, a, b),
        (BinaryOp.Or, _) => new BinaryOperation<OrOperator>(target, a, b),
        (BinaryOp.Xor, _) => new BinaryOperation<XorOperator>(target, a, b),
        (BinaryOp.Equal, _) => new BinaryOperation<EqualOperator>(target, a, b),
        (BinaryOp.NotEqual, _) => new BinaryOperation<NotEqualOperator>(target, a, b),
        (BinaryOp.Less, true) => new BinaryOperation<LessSignedOperator>(target, a, b),
        (BinaryOp.Less, false) => new BinaryOperation<LessUnsignedOperator>(target, a, b),
        (BinaryOp.LessOrEqual, true) => new BinaryOperation<LessOrEqualSignedOperator>(target, a, b),
        (BinaryOp.LessOrEqual, false) => new BinaryOperation<LessOrEqualUnsignedOperator>(target, a, b),
        (BinaryOp.ShiftLeft, _) => new BinaryOperation<ShiftLeftOperator>(target, a, b),
        (BinaryOp.ShiftRight, true) => new BinaryOperation<ShiftRightSignedOperator>(target, a, b),
        (BinaryOp.ShiftRight, false) => new BinaryOperation<ShiftRightUnsignedOperator>(target, a, b),
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };

    private static Operation Reduce(ReduceNode node, Slot target, Slot a) => (node.Op, a.Type.Signed) switch
    {
        (ReduceOp.Add, _) => new ReduceOperation<AddOperator>(target, a, node.Group),
        (ReduceOp.And, _) => new ReduceOperation<AndOperator>(target, a, node.Group),
        (ReduceOp.Or, _) => new ReduceOperation<OrOperator>(target, a, node.Group),
        (ReduceOp.Xor, _) => new ReduceOperation<XorOperator>(target, a, node.Group),
        (ReduceOp.Max, true) => new ReduceOperation<MaxSignedOperator>(target, a, node.Group),
        (ReduceOp.Max, false) => new ReduceOperation<MaxUnsignedOperator>(target, a, node.Group),
        (ReduceOp.Min, true) => new ReduceOperation<MinSignedOperator>(target, a, node.Group),
        (ReduceOp.Min, false) => new ReduceOperation<MinUnsignedOperator>(target, a, node.Group),
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    private static bool Fit(Slot target, IEnumerable<Slot> operands) => operands.All(operand => LaneCopy.Fits(operand.Type, target.Type));
}
