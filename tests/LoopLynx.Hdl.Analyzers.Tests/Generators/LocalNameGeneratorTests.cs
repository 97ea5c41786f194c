using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Analyzers.Tests.Generators;

public class LocalNameGeneratorTests
{
    private const string Build = """
        var delayed = A.Registered();
                var counted = A.RegisteredReset(0,
                    enable: C);
                var named = A.Registered(name: "mine");
                var positional = A.Registered(C, "yours");
                var frames = S.Stage();
                var apart = frames.Isolate();
                Memory(out var rows, UInt(8), 4);
                rows.Write(A.Truncate(2), A);
                var row = rows.ReadSync(A.Truncate(2));
                var (left, right) = (A.Registered(), A.Registered());
                var twice = A.Registered().Registered();
                var sum = delayed + counted;
                Z.Drive(apart);
                Y.Drive((sum ^ named ^ positional ^ row ^ left ^ right ^ twice).Truncate(8));
        """;

    [Fact]
    public void A_call_on_its_own_line_has_the_local_s_name()
    {
        var names = Names($"[assembly: NamesFromLocals]\n{Sources.InBuild(Build)}");
        string[] wanted = ["delayed", "counted", "mine", "yours", "frames_valid", "frames_data", "apart_stage_valid", "apart_skid_full", "row"];
        Assert.Equal(wanted, wanted.Intersect(names));
        Assert.Empty(names.Intersect(["named", "positional", "left", "right", "twice", "twice_2", "sum", "stage_valid", "isolate_stage_valid", "rows_read"]));
    }

    [Fact]
    public void Without_the_attribute_nothing_changes()
    {
        var names = Names(Sources.InBuild(Build));
        string[] wanted = ["mine", "yours", "stage_valid", "isolate_stage_valid", "rows_read"];
        Assert.Equal(wanted, wanted.Intersect(names));
        Assert.Empty(names.Intersect(["delayed", "counted", "frames_valid", "row"]));
    }

    [Fact]
    public void Only_names_change() => Assert.Equal(
        Generation.Elaborate(Generation.Run(Sources.InBuild(Build))).Top.Nodes.Select(n => (n.GetType(), n.Type)),
        Generation.Elaborate(Generation.Run($"[assembly: NamesFromLocals]\n{Sources.InBuild(Build)}")).Top.Nodes.Select(n => (n.GetType(), n.Type)));

    [Fact]
    public void The_same_source_gives_the_same_text()
    {
        var text = $"[assembly: NamesFromLocals]\n{Sources.InBuild(Build)}";
        Assert.Equal(NetlistText.Of(Generation.Elaborate(Generation.Run(text))), NetlistText.Of(Generation.Elaborate(Generation.Run(text))));
    }

    [Fact]
    public void A_name_in_a_loop_gets_suffixes() => Assert.Equal(
        ["tap", "tap_2", "tap_3"],
        Names($"[assembly: NamesFromLocals]\n{Sources.InBuild("for (var i = 0; i < 3; i++)\n{\n    var tap = A.Registered();\n    Cover(tap == i, \"seen\");\n}\nY.Drive(A);\nZ.Drive(S);")}").Where(name => name.StartsWith("tap", StringComparison.Ordinal)));

    [Fact]
    public void A_held_operand_takes_no_name_away() => Assert.Contains(
        "kept",
        Names($"[assembly: NamesFromLocals]\n{Sources.InBuild("Z.Drive(S.Pipeline(x =>\n{\n    var kept = (x + Held(A) + At(0, A)).Truncate(8).Registered();\n    return kept;\n}));\nY.Drive(A);")}"));

    [Fact]
    public void Words_that_pass_their_caller_s_line_on_take_no_name_twice()
    {
        var names = Names($$"""
            [assembly: NamesFromLocals]
            {{Sources.InBuild("var result = Helper.Twice(A).Registered();\nY.Drive(result);\nZ.Drive(S);")}}
            public static class Helper
            {
                public static Signal Twice(Signal s, [System.Runtime.CompilerServices.CallerFilePath] string file = "", [System.Runtime.CompilerServices.CallerLineNumber] int line = 0) =>
                    s.Registered(null, "", file, line).Registered(null, "", file, line);
            }
            """);
        Assert.DoesNotContain("result", names);
    }

    private static List<string> Names(string text)
    {
        var top = Generation.Elaborate(Generation.Run(text)).Top;
        return [.. top.Nodes.Select(n => n.Name).OfType<string>()];
    }
}
