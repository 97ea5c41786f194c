using System.Numerics;
using LoopLynx.Hdl.Netlist;

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

    /// <summary>Drives the reset of a domain; false at the start.</summary>
    void Reset(ClockDomain domain, bool asserted);

    /// <summary>Computes the outputs from the inputs and the state.</summary>
    void Settle();

    /// <summary>One edge of every clock domain.</summary>
    void Tick();

    /// <summary>One edge of one clock domain.</summary>
    void Tick(ClockDomain domain);

    /// <summary><paramref name="cycles"/> edges with the inputs held.</summary>
    void Run(long cycles);

    /// <summary>
    /// The present value of any named net, register or port by hierarchical path (<c>slice0.acc</c>; a port of the top by its name), one integer per lane.
    /// Throws <see cref="SimulationException"/> for an unknown path or where the engine doesn't keep inner nets (verilator).
    /// </summary>
    BigInteger[] PeekNet(string path);
}
