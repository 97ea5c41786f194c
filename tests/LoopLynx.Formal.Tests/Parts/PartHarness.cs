using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Formal.Tests.Parts;

/// <summary>Credits whose user keeps the rules, counters, and trees of two-bit terms, with what each promises.</summary>
public sealed class PartHarness : Module
{
    public readonly Signal Take = Input(Bit);
    public readonly Signal Give = Input(Bit);
    public readonly Signal Step = Input(Bit);
    public readonly Signal Valid = Input(Bit);
    public readonly Signal Terms = Input(UInt(2) * 4);
    public readonly Signal Tag = Input(UInt(2));

    protected override void Build()
    {
        Credits(out var credits, limit: 5, initial: 1);
        Register(out var owed, UInt(3), reset: 4);
        Assume(!Take | Give | credits.Any, "the user takes where there is one");
        Assume(!Give | Take | owed != 0, "the user gives back what was taken");
        credits.Move(Take, Give);
        owed.Drive((owed + Take - Give).Truncate(3).AsUnsigned());
        Assert(credits.Count + owed == 5, "what was taken and what is left are the limit");

        Counter(out var counter, 5);
        When(Step, () => counter.Step());
        var before = counter.Value.Registered(name: "before");
        var stepped = Step.RegisteredReset(0, name: "stepped");
        Assert(counter.Value < 5, "a counter stays below its limit");
        Assert(counter.Value == Mux(stepped, Mux(before == 4, 0, before + 1), before), "a counter steps by one and wraps");

        var tree = (PipelinedTree.Sum(4) with { LevelsPerRegister = 1 }).Reduce(Valid, Terms, Tag, "sum");
        var (sum, tag, valid) = (Terms.SumLanes().Delayed(2), Tag.Delayed(2), Valid.RegisteredReset(0, name: "valid1").RegisteredReset(0, name: "valid2"));
        Assert(tree.Valid == valid, "a value comes out of the tree for each that went in");
        Assert(!valid | (tree.Value == sum & tree.Beside == tag), "it is the sum of its group, with what travelled beside it");
        var largest = PipelinedTree.Max(4).Reduce(Terms, "max");
        Assert(!valid | largest == Terms.MaxLanes().Delayed(2), "it is the largest of its group");
    }
}
