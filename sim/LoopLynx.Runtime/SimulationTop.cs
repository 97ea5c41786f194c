using LoopLynx.Accelerator;
using LoopLynx.Hdl;

namespace LoopLynx.Runtime;

/// <summary>
/// What sessions simulate: the machine with a protocol checker on each bus, for both sides' duties.
/// The machine inside is the one that <c>rtl</c> writes, unchanged; the checkers are in no Verilog but that of a simulation.
/// </summary>
/// <param name="machine">A node, a ring, or a part of them that has memory ports.</param>
public sealed class SimulationTop(Module machine) : Harness(machine, Instance)
{
    /// <summary>Name of the machine's instance: the names of its nets stand behind it and a dot.</summary>
    public const string Instance = "machine";

    /// <inheritdoc/>
    public override string Summary => "the machine, with what watches its ports";

    /// <summary>The name of a net or instance as the machine itself would have it.</summary>
    public static string InMachine(string path) => path.StartsWith($"{Instance}.", StringComparison.Ordinal) ? path[(Instance.Length + 1)..] : path;

    /// <inheritdoc/>
    protected override void Watch()
    {
        foreach (var port in Inner<Axi4>())
        {
            port.CheckProtocol(ProtocolClaim.Assert, ProtocolClaim.Assume, MemoryPort.MostOutstanding);
        }

        foreach (var port in Inner<AxiLite>())
        {
            port.CheckProtocol();
        }

        foreach (var port in Inner<AxiStream>())
        {
            port.CheckProtocol();
        }
    }
}
