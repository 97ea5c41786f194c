using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Compiled.Lowering;

namespace LoopLynx.Sim.Compiled.Planning;

/// <summary>Which state a value's memory may really be: views are pointers into registers and memories that an edge overwrites.</summary>
internal static class Bases
{
    /// <summary>Reports every register or port and every memory that the value's memory may lie in.</summary>
    /// <param name="state">Called with the state, and whether lane i of the value can only be lane i of the state.</param>
    public static void Visit(Value value, Action<Value, bool> state, Action<MemoryInfo> memory) => Visit(value, value, true, state, memory, []);

    private static void Visit(Value root, Value value, bool inPlace, Action<Value, bool> state, Action<MemoryInfo> memory, HashSet<(Value, bool)> seen)
    {
        if (!seen.Add((value, inPlace)))
        {
            return;
        }

        switch (value.Form)
        {
            case ValueForm.State:
                state(value, inPlace && value.Type.Width == root.Type.Width && value.Type.Lanes == root.Type.Lanes);
                break;
            case ValueForm.StaticView:
                Visit(root, value.Operands[0], inPlace && (value.Kind == ValueKind.Resize || (value.Kind == ValueKind.LaneMap && value.Map[0] == 0)), state, memory, seen);
                break;
            case ValueForm.DynamicView when value.Kind == ValueKind.ReadRow:
                memory(value.Memory!);
                break;
            case ValueForm.DynamicView when value.Kind == ValueKind.LaneSelect:
                Visit(root, value.Operands[0], false, state, memory, seen);
                break;
            case ValueForm.DynamicView:
                foreach (var operand in value.Operands.Skip(1))
                {
                    Visit(root, operand, inPlace, state, memory, seen);
                }

                break;
        }
    }
}
