using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Ports;

/// <summary>A port of an engine's top, found once: where it lies in the engine's block, if the engine has one that a <see cref="PortBlock"/> reads.</summary>
public readonly struct PortSlot
{
    /// <summary>Finds a port by name.</summary>
    public PortSlot(IEngine engine, string name)
    {
        Port = engine.Design.Top.Port(name);
        if (engine is CompiledEngine compiled)
        {
            Offset = compiled.Layout.Offset(compiled.Layout.Flat.Ports.Single(p => p.Name == name).Node);
            Bytes = LaneStorage.Bytes(Port.Type);
        }
    }

    /// <summary>The port.</summary>
    public PortInfo Port { get; }

    internal int Offset { get; }

    internal int Bytes { get; }
}
