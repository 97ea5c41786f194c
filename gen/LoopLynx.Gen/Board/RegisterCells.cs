using LoopLynx.Gen.Text;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Hdl.Passes;

namespace LoopLynx.Gen.Board;

/// <summary>The cells that Vivado makes of a design's registers and memories, by their hierarchical names below the top.</summary>
public static class RegisterCells
{
    /// <summary>By name in the flat netlist (<see cref="Flatten"/>): the pattern of the cells, bits and all, such as <c>core/guard0/owes_reg*</c>.</summary>
    public static IReadOnlyDictionary<string, string> Of(Definition top)
    {
        var cells = new Dictionary<string, string>();
        Name(top, "", "", cells);
        return cells;
    }

    private static void Name(Definition definition, string path, string cell, Dictionary<string, string> cells)
    {
        var user = new UserNames(definition, definition.Nodes, new NameTable());
        foreach (var register in definition.Registers.Where(r => r.Name is not null))
        {
            cells[path + register.Name] = $"{cell}{user.Of(register)}_reg*";
        }

        foreach (var memory in definition.Memories)
        {
            cells[path + memory.Name] = $"{cell}{user.Memories[memory]}_reg*";
        }

        foreach (var instance in definition.Instances)
        {
            Name(instance.Definition, $"{path}{instance.Name}.", $"{cell}{user.Instances[instance]}/", cells);
        }
    }
}
