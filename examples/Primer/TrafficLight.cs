namespace LoopLynx.Examples.Primer;

/// <summary>What a lamp shows.</summary>
public enum Lamp
{
    /// <summary>Stop.</summary>
    Red,

    /// <summary>About to stop.</summary>
    Yellow,

    /// <summary>Go.</summary>
    Green,
}

/// <summary>Who may drive.</summary>
public enum Crossing
{
    /// <summary>The main road.</summary>
    MainGreen,

    /// <summary>The main road, not for long.</summary>
    MainYellow,

    /// <summary>The side road.</summary>
    SideGreen,

    /// <summary>The side road, not for long.</summary>
    SideYellow,
}

/// <summary>A main road that is green until a car waits on the side road. A phase lasts at least its number of cycles.</summary>
public sealed class TrafficLight(int green, int yellow) : Module
{
    /// <summary>A car waits on the side road.</summary>
    public readonly Signal Car = Input(Bit);

    /// <summary>The main road's <see cref="Lamp"/>.</summary>
    public readonly Signal Main = Output(UInt(2));

    /// <summary>The side road's <see cref="Lamp"/>.</summary>
    public readonly Signal Side = Output(UInt(2));

    /// <inheritdoc/>
    protected override void Build()
    {
        Fsm<Crossing>(out var phase);
        Register(out var timer, UInt(Sizes.BitsFor(Math.Max(green, yellow))), reset: green - 1);
        Let(out var isOver, timer == 0);
        When(!isOver, () => timer.Drive(timer.WrapSub(1)));
        Main.Drive(Lamp.Red);
        Side.Drive(Lamp.Red);
        Switch(phase.State, s =>
        {
            s.Case(Crossing.MainGreen, () => Show(Main, Lamp.Green, isOver & Car, Crossing.MainYellow, yellow));
            s.Case(Crossing.MainYellow, () => Show(Main, Lamp.Yellow, isOver, Crossing.SideGreen, green));
            s.Case(Crossing.SideGreen, () => Show(Side, Lamp.Green, isOver, Crossing.SideYellow, yellow));
            s.Case(Crossing.SideYellow, () => Show(Side, Lamp.Yellow, isOver, Crossing.MainGreen, green));
        });

        void Show(Signal road, Lamp lamp, Signal leave, Crossing next, int cycles)
        {
            road.Drive(lamp);
            When(leave, () =>
            {
                phase.Go(next);
                timer.Drive(cycles - 1);
            });
        }
    }
}
