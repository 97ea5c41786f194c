using System.Numerics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Clocks;

namespace LoopLynx.Sim;

/// <summary>
/// A running instance of a design. One interface for the interpreted, compiled and Verilated engines; several engines may run at once, each on one thread.
/// A cycle: write inputs, <see cref="Settle"/>, read outputs, <see cref="Tick"/>. Outputs are valid from a settle to the next write or tick.
/// All registers and memories start with their power-up values.
/// </summary>
public interface IEngine : IDisposable
{
    /// <summary><c>interpreted</c>, <c>compiled</c> or <c>verilator</c>.</summary>
    string Name { get; }

    /// <summary>The design that runs.</summary>
    Design Design { get; }

    /// <summary>Clock edges since the start.</summary>
    long Cycle { get; }

    /// <summary>
    /// The storage of an input port of the top (see <see cref="Layout.LaneStorage"/>): lanes one after another, each zero- or sign-extended to its element.
    /// Written values must be in the port's range. The reset of domain d is <see cref="Reset"/>.
    /// </summary>
    Span<byte> Input(PortInfo port);

    /// <summary>The storage of an output port of the top, same format.</summary>
    ReadOnlySpan<byte> Output(PortInfo port);

    /// <summary>Drives the reset of a domain, and of those that share it; false at the start. An asynchronous one is seen by the next settle, without an edge.</summary>
    void Reset(ClockDomain domain, bool asserted);

    /// <summary>Computes the outputs from the inputs and the state.</summary>
    void Settle();

    /// <summary>One edge of every clock domain.</summary>
    void Tick();

    /// <summary>One edge of one clock: of this domain, and of those that share its clock.</summary>
    void Tick(ClockDomain domain);

    /// <summary>One edge of several clocks at the same moment: each samples what all registers held before. Unlike one tick after another.</summary>
    void Tick(ReadOnlySpan<ClockDomain> domains)
    {
        var edges = ClockEdges.Of(Design.Top, domains);
        if (edges.Length == Design.Top.Domains.Length)
        {
            Tick();
        }
        else if (edges.Select(d => d.Clock).Distinct().Count() == 1)
        {
            Tick(edges[0]);
        }
        else
        {
            throw new SimulationException($"{Name} can't have edges of {string.Join(", ", edges.Select(d => $"'{d.Clock}'"))} at once without all others");
        }
    }

    /// <summary><paramref name="cycles"/> edges with the inputs held.</summary>
    void Run(long cycles);

    /// <summary>
    /// The present value of any named net, register or port by hierarchical path (<c>slice0.acc</c>; a port of the top by its name), one integer per lane.
    /// Throws <see cref="SimulationException"/> for an unknown path or where the engine doesn't keep inner nets (verilator).
    /// </summary>
    BigInteger[] PeekNet(string path);
}
