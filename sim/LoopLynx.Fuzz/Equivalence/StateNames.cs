using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Fuzz.Equivalence;

/// <summary>Names anonymous registers of a design that was elaborated for a proof, so that both sides of the proof can speak of the same state.</summary>
internal static class StateNames
{
    public static Design Complete(Design design)
    {
        foreach (var definition in design.Definitions)
        {
            foreach (var register in definition.Registers.Where(r => r.Name is null))
            {
                register.Name = $"unused_state{register.Id}";
            }
        }

        return design;
    }
}
