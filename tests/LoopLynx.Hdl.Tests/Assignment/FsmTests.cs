using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Assignment;

/// <summary>State machines over enumerations.</summary>
public class FsmTests
{
    private enum Light
    {
        Red,
        Green,
        Yellow,
    }

    [Theory, EveryEngine]
    public void Steps_through_its_states(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new TrafficLight());
        var bench = new Bench(engine);
        var state = Light.Red;
        for (var cycle = 0; cycle < 64; cycle++)
        {
            var (go, fault) = (cycle % 3 != 0, cycle % 17 == 16);
            engine.Poke("Go", go ? 1 : 0);
            engine.Poke("Fault", fault ? 1 : 0);
            bench.Expect("State", (int)state);
            bench.Expect("IsGreen", state == Light.Green ? 1 : 0);
            bench.Step();
            state = fault ? Light.Red : state switch
            {
                Light.Red => go ? Light.Green : Light.Red,
                Light.Green => go ? Light.Yellow : Light.Green,
                _ => go ? Light.Red : Light.Green,
            };
        }
    }

    private sealed class TrafficLight : Module
    {
        public readonly Signal Go = Input(Bit);
        public readonly Signal Fault = Input(Bit);
        public readonly Signal State = Output(UInt(2));
        public readonly Signal IsGreen = Output(Bit);

        protected override void Build()
        {
            Fsm<Light>(out var light);
            State.Drive(light.State);
            IsGreen.Drive(light.Is(Light.Green));
            Switch(light.State, s =>
            {
                s.Case(Light.Red, () => When(Go, () => light.Go(Light.Green)));
                s.Case(Light.Green, () => When(Go, () => light.Go(Light.Yellow)));
                s.Default(() => light.Go(Go, Light.Red, Light.Green));
            });
            When(Fault, () => light.Go(Light.Red));
        }
    }
}
