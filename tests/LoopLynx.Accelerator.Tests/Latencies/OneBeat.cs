using System.Numerics;
using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Latencies;

/// <summary>
/// A module on its own, after reset: all of its consumers are ready, all other inputs are 0. It measures how many cycles lie between a cause and its effect.
/// </summary>
internal sealed class OneBeat : IDisposable
{
    /// <summary>Cycles from a write to the first in which its row can be asked for.</summary>
    public const int Written = 1;

    private const int MostCycles = 2_000;

    private readonly IEngine _engine;

    public OneBeat(Module module)
    {
        _engine = Engines.Create(EngineKind.Interpreted, module);
        _engine.ResetAll();
        foreach (var port in _engine.Design.Top.Ports.Where(p => p.Direction == PortDirection.Input && p.Name.EndsWith("ready", StringComparison.Ordinal)))
        {
            _engine.Poke(port.Name, 1);
        }
    }

    /// <summary>Sets every lane of inputs, until further notice.</summary>
    public OneBeat Set(BigInteger value, params string[] ports)
    {
        foreach (var port in ports)
        {
            _engine.PokeLanes(port, [.. Enumerable.Repeat(value, _engine.Design.Top.Port(port).Type.Lanes)]);
        }

        return this;
    }

    /// <summary>Lets some cycles pass.</summary>
    public OneBeat Wait(long cycles = 1)
    {
        for (var cycle = 0L; cycle < cycles; cycle++)
        {
            _engine.Settle();
            _engine.Tick();
        }

        return this;
    }

    /// <summary>Sets inputs to 1 for this cycle only.</summary>
    /// <returns>Cycles until an output isn't 0; 0: in this one, which is over then.</returns>
    public long Pulse(string effect, params string[] causes)
    {
        Set(1, causes);
        return Until(effect, () => Set(0, causes));
    }

    /// <summary>Cycles until an output isn't 0; 0: in this one, which is over then.</summary>
    public long Until(string effect) => Until(effect, () => { });

    public void Dispose() => _engine.Dispose();

    private long Until(string effect, Action behindFirst)
    {
        for (var cycles = 0; cycles < MostCycles; cycles++)
        {
            _engine.Settle();
            var found = !_engine.Peek(effect).IsZero;
            if (cycles == 0)
            {
                _engine.Tick();
                behindFirst();
            }
            else if (!found)
            {
                _engine.Tick();
            }

            if (found)
            {
                return cycles;
            }
        }

        throw new InvalidOperationException($"{effect} of {_engine.Design.Top.Name} stays 0 for {MostCycles} cycles");
    }
}
