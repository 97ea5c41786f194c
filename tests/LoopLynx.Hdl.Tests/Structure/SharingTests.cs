namespace LoopLynx.Hdl.Tests.Structure;

/// <summary>A definition is elaborated once for equal parameters; different parameters give different definitions.</summary>
public class SharingTests
{
    [Fact]
    public void Equal_parameters_share_and_different_ones_do_not()
    {
        var design = Elaborator.Elaborate(new Parent(() => [new Scaler(2), new Scaler(3), new Scaler(2)]));
        Assert.Equal(["Scaler", "Scaler_2", "Parent"], design.Definitions.Select(d => d.Name));
        Assert.Same(design.Top.Instances[0].Definition, design.Top.Instances[2].Definition);
        Assert.NotSame(design.Top.Instances[0].Definition, design.Top.Instances[1].Definition);
    }

    [Fact]
    public void Parameters_of_a_base_class_count()
    {
        var design = Elaborator.Elaborate(new Parent(() => [new Derived(2), new Derived(3)]));
        Assert.Equal(["Derived", "Derived_2", "Parent"], design.Definitions.Select(d => d.Name));
    }

    [Fact]
    public void Parameters_of_a_base_record_count()
    {
        var design = Elaborator.Elaborate(new Parent(() => [new Configured(new Options(2, "x")), new Configured(new Options(3, "x")), new Configured(new Options(2, "x"))]));
        Assert.Equal(["Configured", "Configured_2", "Parent"], design.Definitions.Select(d => d.Name));
    }

    [Fact]
    public void Tuples_and_structs_are_parameters_too()
    {
        var design = Elaborator.Elaborate(new Parent(() => [new Tupled((2, "x"), new Shape(1)), new Tupled((2, "x"), new Shape(1)), new Tupled((2, "x"), new Shape(3))]));
        Assert.Equal(["Tupled", "Tupled_2", "Parent"], design.Definitions.Select(d => d.Name));
        Assert.Equal(2, Tupled.Builds);
    }

    [Fact]
    public void Lists_of_texts_do_not_run_together()
    {
        var design = Elaborator.Elaborate(new Parent(() => [new Listed(["a,b"]), new Listed(["a", "b"])]));
        Assert.Equal(3, design.Definitions.Length);
    }

    [Fact]
    public void Parameters_without_value_equality_are_compared_by_contents()
    {
        var design = Elaborator.Elaborate(new Parent(() => [new Mapped(x => ~x), new Mapped(x => ~x), new Mapped(x => x)]));
        Assert.Equal(["Mapped", "Mapped_2", "Parent"], design.Definitions.Select(d => d.Name));
    }

    [Fact]
    public void Classes_with_equal_contents_stay_apart()
    {
        var design = Elaborator.Elaborate(new Parent(() => [new Scaler(2), new Derived(2)]));
        Assert.Equal(["Scaler", "Derived", "Parent"], design.Definitions.Select(d => d.Name));
    }

    [Fact]
    public void A_thousand_instances_build_one_definition()
    {
        var design = Elaborator.Elaborate(new Thousand());
        Assert.Equal(2, design.Definitions.Length);
        Assert.Equal(1_000, design.Top.Instances.Length);
        Assert.Equal(1, Counted.Builds);
    }

    private abstract class Block : Module
    {
        public readonly Signal A = Input(UInt(8));
        public readonly Signal Y = Output(UInt(8));
    }

    private sealed class Parent(Func<Block[]> children) : Module
    {
        public readonly Signal A = Input(UInt(8));
        public readonly Signal Y = Output(UInt(8));

        protected override void Build()
        {
            var value = A;
            foreach (var child in children())
            {
                Instance(child, "child");
                child.A.Drive(value);
                value = child.Y;
            }

            Y.Drive(value);
        }
    }

    private sealed class Scaler(int factor) : Block
    {
        protected override void Build() => Y.Drive((A * factor).Truncate(8));
    }

    private abstract class ScalerBase(int factor) : Block
    {
        protected override void Build() => Y.Drive((A * factor).Truncate(8));
    }

    private sealed class Derived(int factor) : ScalerBase(factor);

    private record OptionsBase(int Factor);

    private sealed record Options(int Factor, string Name) : OptionsBase(Factor);

    private sealed class Configured(Options options) : Block
    {
        protected override void Build() => Y.Drive((A * options.Factor).Truncate(8));
    }

    private readonly record struct Shape(int Bits);

    private sealed class Tupled((int Factor, string Name) options, Shape shape) : Block
    {
        public static int Builds { get; private set; }

        protected override void Build()
        {
            Builds++;
            Y.Drive((A * (options.Factor + shape.Bits)).Truncate(8));
        }
    }

    private sealed class Listed(string[] names) : Block
    {
        protected override void Build() => Y.Drive((A + names.Length).Truncate(8));
    }

    private sealed class Mapped(Func<Signal, Signal> map) : Block
    {
        protected override void Build() => Y.Drive(map(A));
    }

    private sealed class Counted : Block
    {
        public static int Builds { get; private set; }

        protected override void Build()
        {
            Builds++;
            Y.Drive(A.Registered());
        }
    }

    private sealed class Thousand : Module
    {
        public readonly Signal A = Input(UInt(8));
        public readonly Signal Y = Output(UInt(8));

        protected override void Build()
        {
            var value = A;
            foreach (var block in Instances(1_000, _ => new Counted(), "block"))
            {
                block.A.Drive(value);
                value = block.Y;
            }

            Y.Drive(value);
        }
    }
}
