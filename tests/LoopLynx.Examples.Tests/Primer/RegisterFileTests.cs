using LoopLynx.Examples.Primer;
using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Examples.Tests.Primer;

/// <summary>The register file against an array.</summary>
public class RegisterFileTests
{
    [Theory, EveryEngine]
    public void Reads_give_what_was_written_and_register_0_is_0(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new RegisterFile(registers: 32, width: 32));
        var (bench, random, model) = (new Bench(engine), new Random(6), new long[32]);
        for (var cycle = 0; cycle < 500; cycle++)
        {
            var (first, second, target, enable, data) = (random.Next(32), random.Next(32), random.Next(4) == 0 ? 0 : random.Next(32), random.Next(2), random.NextInt64(1L << 32));
            engine.Poke("First", first);
            engine.Poke("Second", second);
            engine.Poke("Target", target);
            engine.Poke("Enable", enable);
            engine.Poke("Data", data);
            bench.Expect("A", model[first]);
            bench.Expect("B", model[second]);
            bench.Step();
            if (enable == 1 && target != 0)
            {
                model[target] = data;
            }
        }
    }
}
