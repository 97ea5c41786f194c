namespace LoopLynx.Hdl.Analyzers.Tests.Rules;

public class UnusedBenchTests
{
    [Theory]
    [InlineData("var bench = new Bench(engine); [|bench.Feed(\"In\", [])|]; bench.Collect(\"Out\");")]
    [InlineData("var bench = new Bench(engine) { Patience = 3 }; var sink = [|bench.Collect(\"Out\")|];")]
    [InlineData("[|engine.Peek(\"Y\")|];")]
    [InlineData("[|engine.PeekNet(\"y\")|];")]
    [InlineData("var bench = new Bench(engine); if (engine.Peek(\"Y\") != 3) { [|bench.Failure(\"Y isn't 3\")|]; }")]
    public Task A_bench_that_tests_nothing_is_found(string statements) => Analysis.Check(UnusedBench.Id, Test(statements));

    [Theory]
    [InlineData("var bench = new Bench(engine); bench.Feed(\"In\", []); bench.RunToEnd();")]
    [InlineData("var bench = new Bench(engine); bench.Feed(\"In\", []); for (var i = 0; i < 3; i++) { bench.Step(); }")]
    [InlineData("var bench = new Bench(engine); bench.Feed(\"In\", []); Go(bench); void Go(Bench b) => b.RunToEnd();")]
    [InlineData("var bench = new Bench(engine); bench.Feed(\"In\", []); Action go = () => bench.RunToEnd(); go();")]
    [InlineData("var bench = new Bench(engine); if (engine.Peek(\"Y\") != 3) { throw bench.Failure(\"Y isn't 3\"); }")]
    [InlineData("var bench = new Bench(engine); engine.Poke(\"A\", 1);")]
    public Task A_bench_that_runs_or_is_handed_on_is_not(string statements) => Analysis.Check(UnusedBench.Id, Test(statements));

    [Fact]
    public async Task The_fix_throws_the_failure() =>
        Assert.Equal(Test("throw new Bench(engine).Failure(\"no\");"), await Analysis.Fix(UnusedBench.Id, Test("new Bench(engine).Failure(\"no\");")));

    private static string Test(string statements) => $$"""
        public static class Tests
        {
            public static void Run(IEngine engine)
            {
                {{statements}}
            }
        }
        """;
}
