namespace LoopLynx.Hdl.Analyzers.Tests.Rules;

public class NameInLoopTests
{
    [Theory]
    [InlineData("for (var i = 0; i < 4; i++) { Register(out var [|r|], UInt(8)); r.Drive(B.Lane(i)); }")]
    [InlineData("for (var i = 0; i < 4; i++) { Let(out Signal [|lane|], B.Lane(i)); When(C, () => { Wire(out var [|w|], Bit); }); }")]
    [InlineData("for (var i = 0; i < 4; i++) { var r = B.Lane(i).Registered(name: [|\"part\"|]); Instance(new Child(), [|\"child\"|]); }")]
    public Task A_name_without_the_counter_is_found(string statements) => Analysis.Check(NameInLoop.Id, Sources.InBuild(statements));

    [Theory]
    [InlineData("Register(out var r, UInt(8)); r.Drive(A);")]
    [InlineData("for (var i = 0; i < 4; i++) { Register(out var r, UInt(8), name: $\"r{i}\"); var p = B.Lane(i).Registered(name: \"p\" + i); }")]
    [InlineData("for (var i = 0; i < 4; i++) { var r = B.Lane(i).Registered(); }")]
    [InlineData("var s = (Stream<Signal>)S; for (var i = 0; i < 4; i++) { s = s.Stage(); }")]
    [InlineData("foreach (var lane in new[] { 1, 2 }) { Register(out var r, UInt(8)); r.Drive(B.Lane(lane)); }")]
    [InlineData("for (Register(out var r, UInt(8)); false;) { r.Drive(A); }")]
    public Task Names_with_an_index_and_loops_without_a_counter_are_not(string statements) => Analysis.Check(NameInLoop.Id, Sources.InBuild(statements));

    [Theory]
    [InlineData("for (var i = 0; i < 4; i++) { Register(out var r, UInt(8), reset: 0); }", "for (var i = 0; i < 4; i++) { Register(out var r, UInt(8), reset: 0, name: $\"r{i}\"); }")]
    [InlineData("for (var n = 0; n < 4; n++) { Instance(new Child(), \"child\"); }", "for (var n = 0; n < 4; n++) { Instance(new Child(), $\"child{n}\"); }")]
    public async Task The_fix_puts_the_counter_into_the_name(string before, string after) =>
        Assert.Equal(Sources.InBuild(after), await Analysis.Fix(NameInLoop.Id, Sources.InBuild(before)));
}
