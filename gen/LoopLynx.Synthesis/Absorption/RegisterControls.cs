using LoopLynx.Synthesis.Flat;

namespace LoopLynx.Synthesis.Absorption;

/// <summary>The nets that control a flip-flop; registers of one stage must have the same.</summary>
/// <param name="Clock">Its clock.</param>
/// <param name="Enable">Its clock enable.</param>
/// <param name="Reset">Its synchronous reset to 0.</param>
internal readonly record struct RegisterControls(int Clock, int Enable, int Reset)
{
    /// <summary>Those of a flip-flop that a DSP or RAM could hold; null where it is set, resets asynchronously or powers up as 1.</summary>
    public static RegisterControls? Of(FlatCell cell)
    {
        if (cell.Cell.Type != "FDRE" || cell.Cell.Parameter("INIT", "0") is not ("0" or "x" or "1'0"))
        {
            return null;
        }

        int Pin(string port) => cell.Nets[cell.Model.Pins.Select((p, i) => (p.Port, i)).First(p => p.Port == port).i];
        return new(Pin("C"), Pin("CE"), Pin("R"));
    }
}
