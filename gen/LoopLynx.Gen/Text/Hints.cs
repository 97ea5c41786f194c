using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Text;

/// <summary>One word for what an operation does, for the name of its temporary.</summary>
internal static class Hints
{
    /// <summary>The word.</summary>
    public static string Of(Node node) => node switch
    {
        ConstNode => "constant",
        UnaryNode u => u.Op == UnaryOp.Not ? "inverse" : "negative",
        BinaryNode b => Of(b.Op),
        MuxNode or CaseNode => "choice",
        ConcatNode => "bits",
        SliceNode => "slice",
        ResizeNode => "resized",
        ReduceNode r => Of(r.Op),
        LaneMapNode or LaneConcatNode or ReinterpretNode => "lanes",
        LaneSelectNode => "selected",
        RegisterNode => "state",
        MemoryReadNode => "read",
        _ => "value",
    };

    private static string Of(BinaryOp op) => op switch
    {
        BinaryOp.Add => "sum",
        BinaryOp.Subtract => "difference",
        BinaryOp.Multiply => "product",
        BinaryOp.And => "both",
        BinaryOp.Or => "either",
        BinaryOp.Xor => "differing",
        BinaryOp.Equal => "equal",
        BinaryOp.NotEqual => "unequal",
        BinaryOp.Less => "less",
        BinaryOp.LessOrEqual => "at_most",
        _ => "shifted",
    };

    private static string Of(ReduceOp op) => op switch
    {
        ReduceOp.Add => "total",
        ReduceOp.And => "all",
        ReduceOp.Or => "any",
        ReduceOp.Xor => "parity",
        ReduceOp.Max => "largest",
        _ => "smallest",
    };
}
