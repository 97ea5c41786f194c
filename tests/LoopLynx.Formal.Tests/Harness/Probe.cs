using LoopLynx.Hdl;

namespace LoopLynx.Formal.Tests.Harness;

/// <summary>
/// A register inside the design that helper invariants talk about: an input of the harness which the prover joins to the register.
/// </summary>
/// <param name="Path">Its name in the Verilog, from the harness on: <c>fifo.head</c>, <c>fifo.rows_data[0]</c>.</param>
/// <param name="Type">Its type.</param>
internal sealed record Probe(string Path, HdlType Type)
{
    /// <summary>The harness's input.</summary>
    public string Port => "probe_" + string.Concat(Path.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')).TrimEnd('_');
}
