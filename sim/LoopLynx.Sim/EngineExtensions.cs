using System.Diagnostics;
using System.Numerics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim;

/// <summary>Reading and writing ports by name, for tests; hot loops keep the <see cref="PortInfo"/> and use the spans.</summary>
[StackTraceHidden]
public static class EngineExtensions
{
    /// <summary>Writes the same integer to every lane of an input.</summary>
    public static void Poke(this IEngine engine, string port, BigInteger value)
    {
        var info = engine.Design.Top.Port(port);
        for (var lane = 0; lane < info.Type.Lanes; lane++)
        {
            LaneStorage.Write(engine.Input(info), info.Type, lane, value);
        }
    }

    /// <summary>Writes one integer per lane.</summary>
    public static void PokeLanes(this IEngine engine, string port, IReadOnlyList<BigInteger> values)
    {
        var info = engine.Design.Top.Port(port);
        for (var lane = 0; lane < info.Type.Lanes; lane++)
        {
            LaneStorage.Write(engine.Input(info), info.Type, lane, values[lane]);
        }
    }

    /// <summary>Reads lane 0 of a port; call <see cref="IEngine.Settle"/> before reading an output.</summary>
    public static BigInteger Peek(this IEngine engine, string port) => engine.PeekLanes(port)[0];

    /// <summary>Reads all lanes of a port.</summary>
    public static BigInteger[] PeekLanes(this IEngine engine, string port)
    {
        var info = engine.Design.Top.Port(port);
        var storage = info.Direction == PortDirection.Input ? engine.Input(info) : engine.Output(info);
        var values = new BigInteger[info.Type.Lanes];
        for (var lane = 0; lane < values.Length; lane++)
        {
            values[lane] = LaneStorage.Read(storage, info.Type, lane);
        }

        return values;
    }

    /// <summary>Holds every domain's reset for <paramref name="cycles"/> edges, and waits until its release has reached the registers.</summary>
    public static void ResetAll(this IEngine engine, int cycles = 2)
    {
        foreach (var domain in engine.Design.Top.Domains)
        {
            engine.Reset(domain, true);
        }

        engine.Run(cycles);
        foreach (var domain in engine.Design.Top.Domains)
        {
            engine.Reset(domain, false);
        }

        engine.Run(engine.Design.Top.ResetStages);
    }
}
