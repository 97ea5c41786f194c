namespace LoopLynx.Hdl.Tests.Bundles;

/// <summary>Starts something, and hears when it is done.</summary>
public sealed class Handshake : PortBundle
{
    public readonly Signal Start = Input(Bit);
    public readonly Signal Done = Output(Bit);
}

/// <summary>A number of words to add up, and their sum: a shape written once.</summary>
public sealed record Job(Signal Number, Signal Words)
{
    public static Job Shape(int width) => new(Number: UInt(4), Words: UInt(width) * 2);
}

/// <summary>The side of a module that does work: a handshake, streams in both directions, an array of plain ports.</summary>
public sealed class WorkPort(int width) : PortBundle
{
    public readonly Handshake Control = new();
    public readonly Stream<Job> Jobs = In(Job.Shape(width));
    public readonly Stream<Pair<Signal, Signal>> Sums = Out(new Pair<Signal, Signal>(UInt(4), UInt(width + 1)));
    public readonly Signal[] Flags = [.. Enumerable.Range(0, 2).Select(i => Output(Bit, $"Flag{i}"))];
}

/// <summary>Adds the words of each job.</summary>
public sealed class Worker(int width) : Module
{
    public readonly WorkPort Port = new(width);

    protected override void Build()
    {
        Register(out var busy, Bit, reset: 0);
        busy.Drive(Port.Control.Start);
        Port.Control.Done.Drive(busy);
        Port.Sums.Drive(Port.Jobs.Pipeline(job => new Pair<Signal, Signal>(job.Number, job.Words.SumLanes().Registered())));
        Port.Flags[0].Drive(Port.Jobs.Fire);
        Port.Flags[1].Drive(Port.Sums.Fire);
    }
}

/// <summary>The other side: passes jobs on to whoever does them.</summary>
public sealed class Boss(int width) : Module
{
    public readonly WorkPort Above = new(width);
    public readonly WorkPort Below = new WorkPort(width).Flip();

    protected override void Build() => Above.Connect(Below);
}

/// <summary>Two fields of one bundle: one goes straight to a worker, the other one over a boss.</summary>
public sealed class Workshop(int width) : Module
{
    public readonly WorkPort Near = new(width);
    public readonly WorkPort Far = new(width);
    public readonly Handshake[] Spare = [new Handshake().Flip(), new Handshake().Flip()];

    protected override void Build()
    {
        Instance(out var near, new Worker(width));
        Instance(out var boss, new Boss(width));
        Instance(out var far, new Worker(width));
        Near.Connect(near.Port);
        boss.Above.Connect(Far);
        far.Port.Connect(boss.Below);
        Spare[0].Start.Drive(Spare[1].Done);
        Spare[1].Start.Drive(Spare[0].Done);
    }
}
