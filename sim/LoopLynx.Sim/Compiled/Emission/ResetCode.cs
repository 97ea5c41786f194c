using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>Loads the initial values of a domain's registers while its reset is 1: one test an edge, neighbours in one copy.</summary>
internal sealed class ResetCode(StateLayout layout, PrivateRegion memory, CSharpWriter writer, WakeCode wakes)
{
    /// <summary>Writes the test and the copies.</summary>
    public void Emit(ClockDomain domain)
    {
        var runs = Runs(domain);
        // Without registers the claims of the domain rest during its reset, and are to be looked at behind it.
        if (runs.Count == 0 && wakes.Bytes == 0)
        {
            return;
        }

        writer.Open($"if ({new Address("s", layout.ResetOfRegisters(domain)).Element("byte")} != 0)");
        foreach (var (offset, bytes) in runs)
        {
            writer.Line($"Unsafe.CopyBlockUnaligned({new Address("s", offset)}, {new Address("s", memory.Constant(bytes))}, {bytes.Length}u);");
        }

        wakes.All();
        writer.Close();
    }

    /// <summary>Writes the moves between the stages of the domains' resets, behind all tests.</summary>
    public void EmitStages(IEnumerable<ClockDomain> domains)
    {
        foreach (var (from, to) in layout.ResetMoves(domains))
        {
            writer.Line($"{new Address("s", to).Element("byte")} = {new Address("s", from).Element("byte")};");
        }
    }

    private List<(int Offset, byte[] Bytes)> Runs(ClockDomain domain)
    {
        var runs = new List<(int Offset, byte[] Bytes)>();
        foreach (var register in layout.Registers.Where(r => r.HasReset && r.Domain == domain).OrderBy(layout.Offset))
        {
            var bytes = new byte[LaneStorage.Bytes(register.Type)];
            for (var lane = 0; lane < register.Initial.Length; lane++)
            {
                LaneStorage.Write(bytes, register.Type, lane, register.Initial[lane]);
            }

            var offset = layout.Offset(register);
            if (runs.Count > 0 && runs[^1].Offset + runs[^1].Bytes.Length == offset)
            {
                runs[^1] = (runs[^1].Offset, [.. runs[^1].Bytes, .. bytes]);
            }
            else
            {
                runs.Add((offset, bytes));
            }
        }

        return runs;
    }
}
