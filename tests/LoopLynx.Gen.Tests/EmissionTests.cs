using LoopLynx.Gen.Tests.Designs;
using LoopLynx.Hdl;

namespace LoopLynx.Gen.Tests;

/// <summary>Names, order and bytes of the emitted files.</summary>
public class EmissionTests
{
    [Fact]
    public void The_same_source_gives_the_same_bytes()
    {
        var first = VerilogBackend.Emit(Elaborator.Elaborate(new RandomModule(3)));
        var second = VerilogBackend.Emit(Elaborator.Elaborate(new RandomModule(3)));
        Assert.Equal(first, second);
    }

    [Fact]
    public void A_source_file_named_like_a_tool_is_not_an_instruction_to_it()
    {
        var text = VerilogBackend.Emit(Elaborator.Elaborate(new NamedLikeATool()))[0].Text;
        Assert.Contains("// in VerilatorPart.cs:7", text);
        Assert.DoesNotContain("// Verilator", text);
    }

    [Fact]
    public void There_is_one_file_a_definition_children_first()
    {
        var files = VerilogBackend.Emit(Elaborator.Elaborate(new Hierarchy()));
        Assert.Equal(["Mac.v", "SlowCounter.v", "Hierarchy.v"], files.Select(f => f.Name));
    }

    [Fact]
    public void A_keyword_gets_an_underscore_in_the_module_and_where_it_is_used()
    {
        var files = VerilogBackend.Emit(Elaborator.Elaborate(new Keywords()));
        Assert.Contains("input  wire [7:0] wire_", files[0].Text);
        Assert.Contains(".wire_(", files[1].Text);
        Assert.Contains("output wire [8:0] output_", files[1].Text);
    }

    [Fact]
    public void Names_of_the_user_are_kept_and_temporaries_give_way()
    {
        var text = VerilogBackend.Emit(Elaborator.Elaborate(new Keywords()))[1].Text;
        Assert.Contains("assign i_product = begin_ * case_logic;", text);
        Assert.Contains("genvar i_2;", text);
    }

    [Fact]
    public void A_run_of_lanes_by_index_never_starts_at_a_product()
    {
        var text = VerilogBackend.Emit(Elaborator.Elaborate(new OddRuns()))[0].Text;
        Assert.DoesNotContain("*", text.Replace("@*", "", StringComparison.Ordinal).Replace("(* ", "", StringComparison.Ordinal).Replace(" *)", "", StringComparison.Ordinal));
        Assert.Equal(4, text.Split("case (").Length - 1);
        Assert.DoesNotContain("+:", text);
    }
}
