using LoopLynx.Hdl.Netlist;
using LoopLynx.Hdl.Passes;

namespace LoopLynx.Hdl.Coverage;

/// <summary>The states of each state machine, and the transitions that its structure allows.</summary>
internal static class StatePoints
{
    private static readonly HdlType Bit = new(1, false);

    /// <summary>Finds them.</summary>
    public static void Find(Definition source, DefinitionCopy copy, PointList points)
    {
        foreach (var machine in source.Registers.Where(r => !r.States.IsEmpty))
        {
            Node Is(Node value, int state) => copy.Arena.Binary(Bit, BinaryOp.Equal, value, copy.Arena.Const(machine.Type, state));
            var now = copy.Map[machine];
            for (var state = 0; state < machine.States.Length; state++)
            {
                points.Add(CoverageKind.State, $"{machine.Name}.{machine.States[state]}", machine.Location, [machine.Domain], Is(now, state));
            }

            if (StateMachine.Successors(machine) is not { } successors)
            {
                continue;
            }

            for (var from = 0; from < successors.Length; from++)
            {
                foreach (var to in successors[from].Where(to => to != from))
                {
                    points.Add(CoverageKind.Transition, $"{machine.Name}.{machine.States[from]} -> {machine.States[to]}", machine.Location, [machine.Domain],
                        copy.Arena.Binary(Bit, BinaryOp.And, Is(now, from), Is(copy.Map[machine.Next], to)));
                }
            }
        }
    }
}
