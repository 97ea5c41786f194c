namespace LoopLynx.Hdl.Tests.Documentation.Guide;

/// <summary>A word of a packet.</summary>
public sealed record Word(Signal Packet, Signal Values)
{
    public static Word Shape(int width) => new(Packet: UInt(4), Values: SInt(width) * 8);
}

/// <summary>What a unit of the packet chain has: words come in, results leave, and it says that it works.</summary>
public sealed class UnitPort(int width) : PortBundle
{
    public readonly Stream<Word> Words = In(Word.Shape(width));
    public readonly Stream<Signal> Results = Out(SInt(width + 3));
    public readonly Signal Works = Output(Bit);
}

/// <summary>The sum of each word, with at most four under way.</summary>
public sealed class Adder(int width) : Module
{
    public readonly UnitPort Port = new(width);

    protected override void Build()
    {
        Credits(out var places, limit: 4);
        var words = Port.Words.Gate(places.Any);
        words.Ready.Drive(1);
        places.Move(take: words.Fire, give: Port.Results.Fire);
        Port.Works.Drive(!places.IsFull);

        var tree = PipelinedTree.Sum(8) with { LevelsPerRegister = 2 };
        var sums = tree.Reduce(words.Fire, words.Data.Values, words.Data.Packet, "sum");
        Wire(out var room, Bit);
        Port.Results.Drive(StreamSources.Of(sums.Valid, sums.Value, room).Fifo(4));
        Assert(!sums.Valid | room, "there is a place for every sum");
    }
}

/// <summary>Two adders that take words in turn.</summary>
public sealed class Adders(int width) : Module
{
    public readonly UnitPort First = new(width);
    public readonly UnitPort Second = new(width);
    public readonly Signal Round = Output(UInt(3));

    protected override void Build()
    {
        Instance(out var left, new Adder(width));
        Instance(out var right, new Adder(width));
        First.Connect(left.Port);
        Second.Connect(right.Port);

        Counter(out var round, 6);
        When(First.Results.Fire & Second.Results.Fire, () => round.Step());
        Round.Drive(round.Value);
    }
}
