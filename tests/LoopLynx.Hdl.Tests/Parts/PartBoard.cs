namespace LoopLynx.Hdl.Tests.Parts;

/// <summary>Credits, counters and trees beside each other.</summary>
public sealed class PartBoard : Module
{
    public readonly Signal Take = Input(Bit);
    public readonly Signal Give = Input(Bit);
    public readonly Signal Credit = Output(UInt(2));
    public readonly Signal AnyLeft = Output(Bit);
    public readonly Signal IsFull = Output(Bit);
    public readonly Signal Next = Input(Bit);
    public readonly Signal Restart = Input(Bit);
    public readonly Signal OfFive = Output(UInt(3));
    public readonly Signal OfEight = Output(UInt(3));
    public readonly Signal OfOne = Output(Bit);
    public readonly Signal Bounded = Output(UInt(3));
    public readonly Signal Bound = Input(UInt(3));
    public readonly Signal Terms = Input(SInt(6) * 16);
    public readonly Signal Sums = Output(SInt(9) * 2);
    public readonly Signal Every2 = Output(SInt(9) * 2);
    public readonly Signal Largest = Output(SInt(6) * 4);
    public readonly Signal Smallest = Output(SInt(6));
    public readonly Signal Columns = Output(SInt(7) * 4);
    public readonly Signal Valid = Input(Bit);
    public readonly Signal Tag = Input(UInt(5));
    public readonly Signal TreeValid = Output(Bit);
    public readonly Signal TreeSum = Output(SInt(10));
    public readonly Signal TreeTag = Output(UInt(5));

    public readonly Signal Copied = Output(UInt(5) * 3);
    public readonly Signal Kept = Output(UInt(5) * 2);
    public readonly Signal First = Input(Bit);
    public readonly Signal OneSum = Output(SInt(12));
    public readonly Signal TwoSums = Output(SInt(12));
    public readonly Signal FourSums = Output(SInt(7) * 2);

    protected override void Build()
    {
        Copied.Drive(SignalLanes.JoinLanes(Tag.Copies(3)));
        Kept.Drive(SignalLanes.JoinLanes(Tag.Copies(2, enable: Valid, reset: 9, name: "kept")));
        Credits(out var credits, limit: 3, initial: 2);
        credits.Move(Take, Give);
        Credit.Drive(credits.Count);
        AnyLeft.Drive(credits.Any);
        IsFull.Drive(credits.IsFull);

        Counter(out var five, 5);
        Counter(out var eight, 8);
        Counter(out var one, 1);
        Counter(out var bounded, 8);
        When(Restart, () => five.Clear()).ElseWhen(Next, () => five.Step());
        When(Next, () =>
        {
            eight.Step();
            one.Step();
            bounded.Step(bounded.Value == Bound);
        });
        OfFive.Drive(five.Value);
        OfEight.Drive(eight.Value);
        OfOne.Drive(one.Value);
        Bounded.Drive(bounded.Value);

        Sums.Drive(PipelinedTree.Sum(8).Reduce(Terms, "sum"));
        Every2.Drive((PipelinedTree.Sum(8) with { LevelsPerRegister = 2 }).Reduce(Terms, "slow"));
        Largest.Drive(PipelinedTree.Max(4).Reduce(Terms, "max"));
        Smallest.Drive((PipelinedTree.Min(16) with { LevelsPerRegister = 4 }).Reduce(Terms, "min"));

        // The terms of a column, reduced to three bits each, add up to less than seven bits hold.
        Columns.Drive((PipelinedTree.Sum(4) with { Interleaved = true, SumWidth = 7 }).Reduce(Terms.Clamp(-8, 7), "column"));
        var tree = PipelinedTree.Sum(16).Reduce(Valid, Terms, Tag, "tree");
        TreeValid.Drive(tree.Valid);
        TreeSum.Drive(tree.Value);
        TreeTag.Drive(tree.Beside);

        var term = Terms.LaneSlice(0, 1);
        OneSum.Drive(new PartialSums(SInt(12)).Add(Valid, First, term, "one"));
        TwoSums.Drive(new PartialSums(SInt(12), Count: 2).Add(Valid, First, term, "two"));
        FourSums.Drive(new PartialSums(SInt(7) * 2, Count: 4).Add(Valid, First, Terms.LaneSlice(0, 2), "four"));
    }
}
