using System.Numerics;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Interpreted;

/// <summary>The state of a design before the first clock edge.</summary>
public static class PowerUp
{
    /// <summary>Fills a state block: registers with their initial values, memories with their initial rows, everything else 0.</summary>
    public static void Fill(StateLayout layout, Span<byte> state)
    {
        state.Clear();
        foreach (var register in layout.Registers)
        {
            Write(state[layout.Offset(register)..], register.Type, register.Initial);
        }

        foreach (var part in layout.Flat.PartResets)
        {
            state[layout.Reset(part.Domain)] = state[layout.Offset(part.Register)];
        }

        foreach (var memory in layout.Flat.Memories)
        {
            for (var row = 0; row < memory.Initial.Length; row++)
            {
                Write(state[(layout.Offset(memory) + (row * StateLayout.RowBytes(memory)))..], memory.RowType, memory.Initial[row]);
            }
        }
    }

    /// <summary>Writes one integer a lane.</summary>
    internal static void Write(Span<byte> target, HdlType type, IReadOnlyList<BigInteger> lanes)
    {
        for (var lane = 0; lane < lanes.Count; lane++)
        {
            LaneStorage.Write(target, type, lane, lanes[lane]);
        }
    }
}
