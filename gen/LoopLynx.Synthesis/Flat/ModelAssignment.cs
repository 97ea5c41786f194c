using LoopLynx.Synthesis.Cells;
using LoopLynx.Synthesis.Netlist;

namespace LoopLynx.Synthesis.Flat;

/// <summary>Gives every cell its model. Of carry chains made of halves, each second half is the upper one of its site.</summary>
public static class ModelAssignment
{
    /// <summary>Finds the models.</summary>
    /// <exception cref="SynthesisException">A cell is unknown.</exception>
    public static void Assign(FlatDesign design, CellLibrary library)
    {
        foreach (var cell in design.Cells)
        {
            cell.Model = library.Of(cell.Cell);
        }

        var halves = design.Cells.Where(c => c.Cell.Type == "CARRY4").ToArray();
        var byCarry = new Dictionary<int, FlatCell>();
        foreach (var half in halves)
        {
            byCarry[Net(half, "CO", 3)] = half;
        }

        var heads = halves.Where(h => !byCarry.ContainsKey(Net(h, "CI", 0)) || FlatDesign.IsConstant(Net(h, "CI", 0)));
        var byEntry = halves.Where(h => !FlatDesign.IsConstant(Net(h, "CI", 0))).ToLookup(h => Net(h, "CI", 0));
        foreach (var head in heads)
        {
            var upper = false;
            for (var at = head; at is not null; at = byEntry[Net(at, "CO", 3)].FirstOrDefault())
            {
                at.Model = library.Of(at.Cell, upper);
                upper = !upper;
            }
        }
    }

    private static int Net(FlatCell cell, string port, int index)
    {
        var at = 0;
        foreach (var connection in cell.Cell.Connections)
        {
            if (connection.Port == port)
            {
                return index < connection.Bits.Length ? cell.Nets[at + index] : MappedModule.Any;
            }

            at += connection.Bits.Length;
        }

        return MappedModule.Any;
    }
}
