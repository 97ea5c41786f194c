namespace LoopLynx.Hdl.Tests.Diagnostics;

/// <summary>All mistakes of a design come in one exception; each at its own line.</summary>
public class CollectionTests
{
    [Fact]
    public void Mistakes_of_parent_and_child_are_thrown_together()
    {
        var error = Assert.Throws<DesignException>(() => Elaborator.Elaborate(new Parent()));
        Assert.Equal(["HDL0107 in Parent", "HDL0102 in Parent", "HDL0101 in Child"], error.Diagnostics.Select(d => $"{d.Code} in {d.Module}"));
        Assert.Equal(string.Join('\n', error.Diagnostics), error.Message);
        Assert.All(error.Diagnostics, d => Assert.Equal("CollectionTests.cs", d.Location.ShortFile));
        Assert.Equal(3, error.Diagnostics.Select(d => d.Location.Line).Distinct().Count());
    }

    [Fact]
    public void A_mistake_in_a_child_names_the_path_to_it()
    {
        var error = Assert.Throws<DesignException>(() => Elaborator.Elaborate(new Parent()));
        Assert.Equal(["Parent", "Parent", "Parent.child"], error.Diagnostics.Select(d => d.Path));
        Assert.Contains("\n  in Parent\n", error.Diagnostics[0].ToString());
        Assert.Contains("\n  in Parent.child (Child)\n", error.Diagnostics[2].ToString());
    }

    [Fact]
    public void A_mistake_that_ends_the_child_s_Build_keeps_those_of_the_parent()
    {
        var error = Assert.Throws<DesignException>(() => Elaborator.Elaborate(new ParentOfBroken()));
        Assert.Equal(["HDL0107 in ParentOfBroken", "HDL0003 in Broken"], error.Diagnostics.Select(d => $"{d.Code} in {d.Module}"));
    }

    [Fact]
    public void A_refused_assignment_is_not_also_called_undriven()
    {
        var error = Assert.Throws<DesignException>(() => Elaborator.Elaborate(new Child()));
        Assert.Equal(["HDL0101"], error.Diagnostics.Select(d => d.Code));
    }

    [Fact]
    public void Payload_fields_that_nobody_reads_are_no_mistake() => Elaborator.Elaborate(new HalfUsed());

    private sealed class Parent : Module
    {
        public readonly Signal A = Input(UInt(8));
        public readonly Signal Y = Output(UInt(8));

        protected override void Build()
        {
            Instance(out Child child, new Child());
            child.A.Drive(A[9]);
            Y.Drive(A + child.Y);
        }
    }

    private sealed class Child : Module
    {
        public readonly Signal A = Input(UInt(1));
        public readonly Signal Y = Output(UInt(8));

        protected override void Build() => Y.Drive(A.AsSigned());
    }

    private sealed class ParentOfBroken : Module
    {
        public readonly Signal A = Input(UInt(8));
        public readonly Signal Y = Output(UInt(8));

        protected override void Build()
        {
            Instance(out Broken broken, new Broken());
            broken.A.Drive(A[9]);
            Y.Drive(broken.Y);
        }
    }

    private sealed class Broken : Module
    {
        public readonly Signal A = Input(UInt(1));
        public readonly Signal Y = Output(UInt(8));

        protected override void Build() => Y.Drive(A ^ Const(UInt(0), 0));
    }

    private sealed class HalfUsed : Module
    {
        public readonly StreamIn<Pair<Signal, Signal>> Pairs = In<Pair<Signal, Signal>>([UInt(8), UInt(8)]);
        public readonly StreamOut<Signal> Firsts = Out(UInt(8));

        protected override void Build() => Firsts.Drive(Pairs.Stage().Map(p => p.First));
    }
}
