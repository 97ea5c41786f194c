namespace LoopLynx.Hdl.Analyzers.Tests.Rules;

public class PortFieldTests
{
    [Theory]
    [InlineData("private readonly Signal [|A|] = Input(UInt(8));")]
    [InlineData("readonly StreamIn<Signal> [|A|] = In(UInt(8));")]
    [InlineData("internal readonly StreamOut<Signal> [|A|] = Out(UInt(8));")]
    [InlineData("public Signal [|A|] = Output(UInt(8));")]
    [InlineData("public static readonly Signal [|A|] = Input(UInt(8));")]
    [InlineData("public Signal [|A|] { get; set; } = Input(UInt(8));")]
    [InlineData("private readonly Signal[] [|A|] = [.. Enumerable.Range(0, 2).Select(i => Input(UInt(8), $\"A{i}\"))];")]
    [InlineData("public readonly Signal A; public Top() { A = [|Input(UInt(8))|]; }")]
    public Task A_port_that_can_t_be_connected_is_found(string members) => Analysis.Check(PortField.Id, Top(members));

    [Theory]
    [InlineData("public readonly Signal A = Input(UInt(8)), B = Input(UInt(8));")]
    [InlineData("public Signal A { get; } = Input(UInt(8));")]
    [InlineData("public readonly Signal[] A = [.. Enumerable.Range(0, 2).Select(i => Input(UInt(8), $\"A{i}\"))];")]
    [InlineData("private readonly int width = 8; private Signal? cache;")]
    [InlineData("public readonly Signal A = Port(\"A\"); private static Signal Port(string name) => Input(UInt(8), name);")]
    public Task Ports_as_they_should_be_and_other_fields_are_not(string members) => Analysis.Check(PortField.Id, Top(members));

    [Fact]
    public Task A_port_made_in_Build_is_found() => Analysis.Check(PortField.Id, Sources.InBuild("var late = [|Input(UInt(8))|];"));

    [Fact]
    public Task A_bundle_declares_its_ports_as_it_likes() => Analysis.Check(PortField.Id, "public sealed class Bus { private readonly Signal a = Input(UInt(8)); public Signal Get() => a; }");

    [Theory]
    [InlineData("private Signal A = Input(UInt(8));")]
    [InlineData("internal static readonly Signal A = Input(UInt(8));")]
    public async Task The_fix_makes_it_public_readonly(string before) =>
        Assert.Equal(Top("public readonly Signal A = Input(UInt(8));"), await Analysis.Fix(PortField.Id, Top(before)));

    private static string Top(string members) => $$"""
        public sealed class Top : Module
        {
            {{members}}

            protected override void Build() { }
        }
        """;
}
