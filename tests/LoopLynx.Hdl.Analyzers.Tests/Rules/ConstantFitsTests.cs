namespace LoopLynx.Hdl.Analyzers.Tests.Rules;

public class ConstantFitsTests
{
    [Theory]
    [InlineData("Y.Drive(Const(UInt(4), [|16|]));")]
    [InlineData("Y.Drive(Const(UInt(4) * 2, 15, [|20|]));")]
    [InlineData("const int n = 4; var c = Const(SInt(n), [|8|]); var d = Const(SInt(n).Lanes(2), [|-9|], -8);")]
    [InlineData("var c = Const(Bit, [|2|]);")]
    [InlineData("Register(out var r, UInt(4), reset: [|16|]);")]
    [InlineData("Register(out var r, UInt(4), reset: 0); r.Drive([|16|]);")]
    [InlineData("Wire(out var w, SInt(4)); w.Drive([|-9|]);")]
    [InlineData("Y.Drive([|300|]);")]
    [InlineData("var c = Const(A.Type, [|-1|]);")]
    [InlineData("Rom(out var table, UInt(4), [1, [|16|], 3]);")]
    [InlineData("Y.Drive(A.RegisteredReset([|256|]));")]
    public Task A_literal_that_is_too_large_is_found(string statements) => Analysis.Check(ConstantFits.Id, Sources.InBuild(statements));

    [Theory]
    [InlineData("Y.Drive(Const(UInt(4), 15)); var c = Const(SInt(4), -8, 7);")]
    [InlineData("Y.Drive(255); Y.Drive(A + 300);")]
    [InlineData("var n = 4; var c = Const(UInt(n), 20); var d = Const(UInt(4), n);")]
    [InlineData("Register(out var r, UInt(4)); r = Y; r.Drive(200);")]
    [InlineData("Y.Drive(Const(Bit, true ? 1 : 0)); Register(out var r, UInt(8), reset: 255);")]
    [InlineData("var c = Const(UInt(64), ulong.MaxValue);")]
    public Task What_fits_or_isn_t_constant_is_not(string statements) => Analysis.Check(ConstantFits.Id, Sources.InBuild(statements));
}
