using LoopLynx.Gen.Expressions;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Hdl.Passes;

namespace LoopLynx.Gen.Blocks;

/// <summary>
/// Writes the reset registers of a definition that has a level of them, and says which one drives what. Each is an instance of a module that synthesis
/// keeps: copies of a register would be merged.
/// </summary>
/// <param name="definition">The definition.</param>
/// <param name="module">Its scope.</param>
/// <param name="copyModule">Name of the module of one reset register.</param>
internal sealed class ResetTreeWriter(Definition definition, ModuleScope module, string copyModule)
{
    private readonly List<(Net Clock, Net Port, Net Copy, string Instance)> _copies = [];
    private readonly Dictionary<(InstanceInfo, string), Net> _ofInstance = [];

    /// <summary>The text of the module of one reset register.</summary>
    public static string CopyText(string name) => $"""
        // {name}: one register of a reset tree
        // Written by LoopLynx.Gen; edits here are lost.
        `default_nettype none

        (* keep_hierarchy = "yes", DONT_TOUCH = "yes" *)
        module {name} (
            input  wire clk,
            input  wire value,
            output wire copy
        );
            (* SHREG_EXTRACT = "NO" *) reg copy_state;
            initial copy_state = 1'b0;

            assign copy = copy_state;

            always @(posedge clk) begin
                copy_state <= value;
            end
        endmodule

        `default_nettype wire

        """.ReplaceLineEndings("\n");

    /// <summary>Makes the nets behind the registers. The definition's own registers then see the one that drives them.</summary>
    /// <param name="clocks">Clock and reset ports by name; a reset becomes the net that its registers see.</param>
    /// <param name="declared">Receives the nets.</param>
    public void Declare(Dictionary<string, Net> clocks, List<Net> declared)
    {
        if (definition.ResetStages == 0)
        {
            return;
        }

        foreach (var domain in definition.Domains.DistinctBy(d => d.Reset))
        {
            var port = clocks[domain.Reset];
            foreach (var group in ResetTree.Groups(definition, domain.Reset))
            {
                var copy = new Net(module.Names.Fresh($"{port.Name}_copy"), new HdlType(1, false)) { Declared = true };
                declared.Add(module.Track(copy));
                _copies.Add((clocks[domain.Clock], port, copy, module.Names.Fresh($"{port.Name}_register")));
                foreach (var instance in group.Instances)
                {
                    _ofInstance.Add((instance, domain.Reset), copy);
                }

                if (group.DrivesOwn)
                {
                    clocks[domain.Reset] = copy;
                }
            }

            foreach (var large in definition.Instances.Where(i => i.Reset is null && i.Definition.ResetStages > 0))
            {
                _ofInstance.Add((large, domain.Reset), port);
            }
        }
    }

    /// <summary>The reset that an instance is connected to; null: the port.</summary>
    public Net? Of(InstanceInfo instance, string reset) => _ofInstance.GetValueOrDefault((instance, reset));

    /// <summary>The registers.</summary>
    public void Write()
    {
        foreach (var (clock, port, copy, name) in _copies)
        {
            module.Body.Gap();
            module.Body.Open($"{copyModule} {name} (");
            module.Body.Line($".clk({clock.Whole.Text}),");
            module.Body.Line($".value({port.Whole.Text}),");
            module.Body.Line($".copy({copy.Name})");
            module.Body.Close(");");
        }
    }
}
