namespace LoopLynx.Hdl.Analyzers.Tests.Rules;

public class BundleShapeTests
{
    [Theory]
    [InlineData("[Bundle] public readonly record struct [|Pixel|](Signal R);")]
    [InlineData("[Bundle] public partial struct [|Pixel|] { public Signal R { get; set; } }")]
    [InlineData("[Bundle] public readonly partial record struct [|Pixel|](Signal R, int G);")]
    [InlineData("[Bundle] public readonly partial record struct [|Pixel|];")]
    [InlineData("[Bundle] public readonly partial record struct [|Pixel|]<T>(Signal R);")]
    [InlineData("public partial class Outer { [Bundle] public readonly partial record struct [|Pixel|](Signal R); }")]
    [InlineData("[Bundle] public readonly partial record struct [|Pixel|](Signal R, Signal Width);")]
    public Task A_bundle_that_can_t_be_completed_is_found(string text) => Analysis.Check(BundleShape.Id, text);

    [Theory]
    [InlineData("[Bundle] public readonly partial record struct Pixel(Signal R, Signal G);")]
    [InlineData("[Bundle] public partial record struct Pixel(Signal R, [Lanes] Signal G); [Bundle] internal partial record struct Pair(Pixel A, Pixel B);")]
    [InlineData("public readonly record struct Pixel(Signal R, int G);")]
    public Task One_that_can_be_is_not(string text) => Analysis.Check(BundleShape.Id, text);
}
