using LoopLynx.Hdl;

namespace LoopLynx.Hdl.Analyzers.Tests.Rules;

public class ParameterEqualityTests
{
    [Theory]
    [InlineData("Func<Signal, Signal> [|f|]")]
    [InlineData("Options [|f|]")]
    [InlineData("Options[] [|f|]")]
    [InlineData("IReadOnlyList<Func<int>> [|f|]")]
    [InlineData("HashSet<int> [|f|]")]
    [InlineData("(int Width, Action Do) [|f|]")]
    public Task A_parameter_that_is_kept_and_has_no_value_equality_is_found(string parameter) => Analysis.Check(ParameterEquality.Id, Top(parameter, "Use(f);"));

    [Theory]
    [InlineData("int f")]
    [InlineData("string f")]
    [InlineData("System.Numerics.BigInteger f")]
    [InlineData("HdlType f")]
    [InlineData("int? f")]
    [InlineData("DayOfWeek f")]
    [InlineData("(int, string) f")]
    [InlineData("IReadOnlyList<HdlType> f")]
    [InlineData("List<int> f")]
    [InlineData("Record f")]
    [InlineData("System.Collections.Immutable.ImmutableArray<int> f")]
    [InlineData("IShape f")]
    public Task Numbers_texts_records_and_lists_are_not(string parameter) => Analysis.Check(ParameterEquality.Id, Top(parameter, "Use(f);"));

    [Fact]
    public Task A_parameter_that_initialisers_use_up_is_not() => Analysis.Check(ParameterEquality.Id, Top("Func<int> f", "", "public readonly Signal A = Input(UInt(f()));"));

    [Fact]
    public Task A_parameter_kept_in_a_field_is_found() => Analysis.Check(ParameterEquality.Id, Top("Func<int> [|f|]", "", "private readonly Func<int> g = f;"));

    [Fact]
    public Task A_parameter_that_an_ordinary_constructor_keeps_is_found() => Analysis.Check(ParameterEquality.Id, """
        public sealed class Top : Module
        {
            private readonly Action _action;
            public Top(Action [|action|], Action once) { _action = action; once(); }
            protected override void Build() => _action();
        }
        """);

    private static string Top(string parameter, string statements, string members = "") => $$"""
        public sealed class Options;
        public sealed record Record(int Width);
        public interface IShape;

        public sealed class Top({{parameter}}) : Module
        {
            {{members}}
            protected override void Build() { {{statements}} }
            private static void Use<T>(T value) { }
        }
        """;
}
