using LoopLynx.Cli.Commands;
using LoopLynx.Cli.Output;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Tests;

/// <summary><c>run --engine xrt</c> says in one line what it lacks, in the order in which it is to be put right.</summary>
public sealed class CardEngineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("looplynx-card-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void XRT() => Refuses(new CardEngine { Library = "libnone.so" }, null, "--engine xrt needs XRT, and libnone.so can't be loaded");

    [Fact]
    public void A_card() => Refuses(new CardEngine { Library = "libc.so.6", Driver = _folder }, null, "--engine xrt needs an Alveo U50");

    [Fact]
    public void The_file_for_it() => Refuses(WithCard(), null, "--engine xrt needs the file for the card: give --xclbin FILE");

    [Fact]
    public void What_lies_beside_the_file()
    {
        var xclbin = Path.Combine(_folder, "a.xclbin");
        Refuses(WithCard(), xclbin, $"there is no {xclbin}");
        File.WriteAllText(xclbin, "");
        Refuses(WithCard(), xclbin, $"there is no {Path.Combine(_folder, "memory-map.json")}");
        File.WriteAllText(Path.Combine(_folder, "memory-map.json"), "{}");
        Refuses(WithCard(), xclbin, $"there is no {Path.Combine(_folder, CardLibrary.Name)}");
        File.WriteAllText(Path.Combine(_folder, CardLibrary.Name), "");
        WithCard().Check(xclbin);
    }

    [Fact]
    public async Task The_engine_to_a_file() =>
        (await CliResult.Run("run", "ROMEO:", "--xclbin", "a.xclbin")).FailsWith("--xclbin is the file of a card: it goes with --engine xrt");

    private CardEngine WithCard()
    {
        File.WriteAllText(Path.Combine(_folder, "0000:3b:00.1"), "");
        return new CardEngine { Library = "libc.so.6", Driver = _folder };
    }

    private static void Refuses(CardEngine engine, string? xclbin, string line) =>
        Assert.StartsWith(line, Assert.Throws<UsageException>(() => engine.Check(xclbin)).Message);
}
