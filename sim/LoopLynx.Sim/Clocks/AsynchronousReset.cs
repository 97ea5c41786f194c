using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Clocks;

/// <summary>
/// Asserting a reset in a state block. Registers of an asynchronous domain take their initial values at that moment, and edges of their clock keep them there while it is asserted:
/// nothing has to be done between edges.
/// </summary>
internal static class AsynchronousReset
{
    /// <summary>Writes the reset's byte, and the registers that don't wait for an edge.</summary>
    public static void Drive(StateLayout layout, Span<byte> state, ClockDomain domain, bool asserted)
    {
        state[layout.Reset(domain)] = asserted ? (byte)1 : (byte)0;
        if (asserted && domain.AsynchronousReset)
        {
            Load(layout, state, domain.Reset);
        }
    }

    // On its own, because it allocates and synchronous resets don't.
    private static void Load(StateLayout layout, Span<byte> state, string reset)
    {
        foreach (var register in layout.Registers.Where(r => r.HasReset && r.Domain.Reset == reset))
        {
            PowerUp.Write(state[layout.Offset(register)..], register.Type, register.Initial);
        }
    }
}
