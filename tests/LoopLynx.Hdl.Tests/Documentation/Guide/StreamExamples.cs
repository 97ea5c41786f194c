namespace LoopLynx.Hdl.Tests.Documentation.Guide;

/// <summary>A point of a plane.</summary>
public sealed record Point(Signal X, Signal Y);

/// <summary>The squared distances of points from the origin; points left of it are dropped.</summary>
public sealed class Distances : Module
{
    public readonly StreamIn<Point> Points = In(new Point(X: SInt(8), Y: SInt(8)));
    public readonly StreamOut<Signal> Squares = Out(SInt(17));

    protected override void Build()
    {
        var right = Points.DropWhen(Points.Data.X < 0).Fifo(4);
        Squares.Drive(right.Pipeline(p =>
        {
            var (xx, yy) = ((p.X * p.X).Registered(), (p.Y * p.Y).Registered());
            return (xx + yy).Registered();
        }));
    }
}

/// <summary>The X of points times a weight, and their Y.</summary>
public sealed class Weigher : Module
{
    public readonly StreamIn<Point> Points = In(new Point(X: SInt(8), Y: SInt(8)));
    public readonly Signal Weight = Input(SInt(4));
    public readonly StreamOut<Signal> Sums = Out(SInt(13));

    protected override void Build()
    {
        Sums.Drive(Points.Pipeline(p =>
        {
            var weighted = (p.X * Held(Weight)).Registered();
            return (weighted + p.Y).Registered();
        }));
    }
}

/// <summary>Every word beside its bitwise complement, which comes on a longer way.</summary>
public sealed class TwoWays : Module
{
    public readonly StreamIn<Signal> Words = In(UInt(8));
    public readonly StreamOut<Pair<Signal, Signal>> Both = Out<Pair<Signal, Signal>>([UInt(8), UInt(8)]);

    protected override void Build()
    {
        var ways = Words.Fork(2);
        Both.Drive(ways[0].Fifo(8).Join(ways[1].Isolate().Map(w => ~w).Isolate()));
    }
}

/// <summary>Counts down from each number that it is given: 3 gives 3, 2, 1.</summary>
public sealed class Countdown : Module
{
    public readonly StreamIn<Signal> Starts = In(UInt(4));
    public readonly StreamOut<Signal> Numbers = Out(UInt(4));

    protected override void Build()
    {
        Register(out var left, UInt(4), reset: 0);
        Starts.Ready.Drive(left == 0);
        Numbers.Valid.Drive(left != 0);
        Numbers.Data.Drive(left);
        When(Starts.Fire, () => left.Drive(Starts.Data));
        When(Numbers.Fire, () => left.Drive(left.WrapSub(1)));
    }
}
