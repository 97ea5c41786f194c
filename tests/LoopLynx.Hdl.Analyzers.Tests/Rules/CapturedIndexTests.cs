namespace LoopLynx.Hdl.Analyzers.Tests.Rules;

public class CapturedIndexTests
{
    [Theory]
    [InlineData("var later = new List<Action>(); for (var i = 0; i < 4; i++) { later.Add(() => Y.Drive(B.Lane([|i|]))); }")]
    [InlineData("Func<Signal>? get = null; for (var i = 0; i < 4; i++) { get = () => A[[|i|]]; }")]
    [InlineData("var get = new Func<Signal>[4]; for (var i = 0; i < 4; i++) { get[i] = () => A[[|i|]]; }")]
    [InlineData("var all = new List<IEnumerable<Signal>>(); Signal[] s = [A, Y]; for (var i = 0; i < 4; i++) { all.Add(s.Select(x => x[[|i|]])); }")]
    public Task A_lambda_that_is_kept_is_found(string statements) => Analysis.Check(CapturedIndex.Id, Sources.InBuild(statements));

    [Theory]
    [InlineData("for (var i = 0; i < 4; i++) { When(A == i, () => Y.Drive(B.Lane(i))); }")]
    [InlineData("Switch(A, s => { for (var i = 0; i < 4; i++) { s.Case(i, () => Y.Drive(B.Lane(i))); } });")]
    [InlineData("Signal[] s = [A, Y]; for (var i = 0; i < 4; i++) { Y.Drive(s.Select(x => x[i]).Aggregate((a, b) => a & b)); }")]
    [InlineData("var all = new List<Signal[]>(); Signal[] s = [A, Y]; for (var i = 0; i < 4; i++) { all.Add(s.Select(x => x[i]).ToArray()); }")]
    [InlineData("var later = new List<Action>(); for (var i = 0; i < 4; i++) { var index = i; later.Add(() => Y.Drive(B.Lane(index))); }")]
    [InlineData("var later = new List<Action>(); foreach (var i in new[] { 1 }) { later.Add(() => Y.Drive(B.Lane(i))); }")]
    [InlineData("var later = new List<Func<int>>(); for (var i = 0; i < 4; i++) { later.Add(() => i + 1); }")]
    [InlineData("for (var i = 0; i < 4; i++) { Func<Signal> bit = () => A[i]; Y.Drive(bit()); }")]
    public Task A_lambda_that_runs_in_its_turn_is_not(string statements) => Analysis.Check(CapturedIndex.Id, Sources.InBuild(statements));

    [Fact]
    public async Task The_fix_copies_the_counter() => Assert.Equal(
        Sources.InBuild("var later = new List<Action>();\n        for (var i = 0; i < 4; i++)\n        {\n            var index = i;\n            later.Add(() => Y.Drive(B.Lane(index)));\n        }"),
        await Analysis.Fix(CapturedIndex.Id, Sources.InBuild("var later = new List<Action>();\n        for (var i = 0; i < 4; i++)\n        {\n            later.Add(() => Y.Drive(B.Lane(i)));\n        }")));
}
