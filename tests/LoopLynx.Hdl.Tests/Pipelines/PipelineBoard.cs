namespace LoopLynx.Hdl.Tests.Pipelines;

/// <summary>Number and operand of a beat.</summary>
public sealed record Numbered(Signal Number, Signal Value);

/// <summary>Pipelines whose branches, operands and registers differ in every way that the language counts.</summary>
public sealed class PipelineBoard : Module
{
    public readonly StreamIn<Numbered> Balanced = In<Numbered>([UInt(8), SInt(8) * 2]);
    public readonly StreamOut<Numbered> BalancedOut = Out<Numbered>([UInt(8), SInt(20)]);
    public readonly StreamIn<Signal> Squared = In(UInt(4));
    public readonly StreamOut<Pair<Signal, Signal>> SquaredOut = Out<Pair<Signal, Signal>>([UInt(4), UInt(8)]);
    public readonly StreamIn<Signal> Scaled = In(UInt(8));
    public readonly Signal Gain = Input(UInt(4));
    public readonly StreamOut<Signal> ScaledOut = Out(UInt(14));
    public readonly StreamIn<Signal> Fetched = In(UInt(4));
    public readonly StreamOut<Signal> FetchedOut = Out(UInt(9));
    public readonly StreamIn<Signal> Chosen = In(UInt(8));
    public readonly StreamOut<Signal> ChosenOut = Out(UInt(8));
    public readonly StreamIn<Signal> Straight = In(UInt(8));
    public readonly StreamOut<Signal> StraightOut = Out(UInt(9));

    protected override void Build()
    {
        // Depths 0 (the number), 1 (a lane), 3 (the sum).
        BalancedOut.Drive(Balanced.Pipeline(4, beat =>
        {
            var product = (beat.Value.Lane(0) * beat.Value.Lane(1)).Registered(name: "product");
            var shifted = (product << 1).Registered();
            var sum = (shifted + beat.Value.Lane(0)).Registered(name: "sum");
            return new Numbered(beat.Number, Mux(beat.Number[0], sum.Registered(), product).Extend(20));
        }, "balanced"));

        Rom(out var squares, UInt(8), [.. Enumerable.Range(0, 16).Select(i => new System.Numerics.BigInteger(i * i))]);
        SquaredOut.Drive(Squared.Pipeline(1, x => new Pair<Signal, Signal>(x, squares.ReadSync(x, name: "square")), "squared"));

        ScaledOut.Drive(Scaled.Pipeline(3, x => x.MultiplyPipelined(Held(Gain), 3) + Held(Gain), "scaled"));

        // A row that is asked for beside the pipeline, and is there two edges after its beat entered.
        var beside = squares.ReadSync(Fetched.Data, name: "beside").Registered(name: "row");
        FetchedOut.Drive(Fetched.Pipeline(2, x => At(2, beside) + x, "fetched"));

        ChosenOut.Drive(Chosen.Pipeline(2, x =>
        {
            Wire(out var choice, UInt(8));
            Register(out var chosen, UInt(8));
            var (a, b) = (x.Registered(), (~x).Registered());
            choice.Drive(a);
            When(a[0], () => choice.Drive(b));
            When(a[1], () => chosen.Drive(choice)).Else(() => chosen.Drive(a));
            return chosen;
        }, "chosen"));

        StraightOut.Drive(Straight.Pipeline(0, x => x + 1, "straight"));
    }
}
