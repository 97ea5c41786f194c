using LoopLynx.Examples.Primer;
using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Examples.Tests.Primer;

/// <summary>The traffic light against a model that counts how long its phase has lasted.</summary>
public class TrafficLightTests
{
    private const int Green = 9;
    private const int Yellow = 3;

    private static readonly (Lamp Main, Lamp Side, int Cycles)[] Phases =
        [(Lamp.Green, Lamp.Red, Green), (Lamp.Yellow, Lamp.Red, Yellow), (Lamp.Red, Lamp.Green, Green), (Lamp.Red, Lamp.Yellow, Yellow)];

    [Theory, EveryEngine]
    public void The_side_road_gets_its_turn_when_a_car_waits(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new TrafficLight(Green, Yellow));
        var (bench, random, phase, lasted, turns) = (new Bench(engine), new Random(3), 0, 0, 0);
        for (var cycle = 0; cycle < 2000; cycle++)
        {
            var car = random.Next(12) == 0;
            engine.Poke("Car", car ? 1 : 0);
            bench.Expect("Main", (int)Phases[phase].Main);
            bench.Expect("Side", (int)Phases[phase].Side);
            bench.Step();
            lasted++;
            if (lasted >= Phases[phase].Cycles && (phase > 0 || car))
            {
                (phase, lasted, turns) = ((phase + 1) % 4, 0, turns + 1);
            }
        }

        Assert.True(turns > 40);
    }
}
