using System.Runtime.CompilerServices;
using LoopLynx.Accelerator;
using LoopLynx.Card.Text;
using LoopLynx.Contract;
using LoopLynx.Runtime;

namespace LoopLynx.Card.Tests;

/// <summary>The tables of docs/card.md are the hardware's. <c>LOOPLYNX_RECORD=1</c> writes them anew.</summary>
public sealed class CardPageTests
{
    private static string Page => Path.GetFullPath(Path.Combine(Here(), "../../docs/card.md"));

    // The default of the command: the shipped model on eight channels.
    private static NodeConfiguration Configuration { get; } =
        Presets.Named("fast", Machine.Shape(ModelDescription.Shakespeare)).Validated();

    [Theory]
    [InlineData("## Registers")]
    [InlineData("## The buffer of results")]
    [InlineData("## Faults")]
    public void A_table_is_the_hardwares(string heading)
    {
        var wanted = heading switch
        {
            "## Registers" => RegisterTables.Registers(new CardKernel(Configuration, Machine.ElaborateKernel(Configuration))),
            "## Faults" => RegisterTables.Faults(),
            _ => RegisterTables.Results(Configuration),
        };
        var text = File.ReadAllText(Page);
        var begin = text.IndexOf("| ", text.IndexOf($"\n{heading}\n", StringComparison.Ordinal), StringComparison.Ordinal);
        var end = text.IndexOf("\n\n", begin, StringComparison.Ordinal);
        var table = end < 0 ? text[begin..] : text[begin..(end + 1)];
        if (Environment.GetEnvironmentVariable("LOOPLYNX_RECORD") == "1" && table != wanted)
        {
            File.WriteAllText(Page, text.Replace(table, wanted, StringComparison.Ordinal));
        }

        Assert.Equal(wanted, table);
    }

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
