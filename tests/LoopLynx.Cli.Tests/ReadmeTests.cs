using System.Text.RegularExpressions;
using LoopLynx.Cli.Options;

namespace LoopLynx.Cli.Tests;

/// <summary>The commands in the README print what the README shows, apart from the time of day.</summary>
public sealed partial class ReadmeTests
{
    public static TheoryData<string, string> Commands()
    {
        var data = new TheoryData<string, string>();
        foreach (Match block in ConsoleBlock().Matches(File.ReadAllText(Repository.OfProgram.Find("README.md"))))
        {
            data.Add(block.Groups["command"].Value, block.Groups["output"].Value);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_prints_what_is_shown(string command, string expected)
    {
        string[] arguments = [.. Argument().Matches(command).Select(m => m.Value.Trim('"'))];
        var result = await CliResult.Run(arguments);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(WithoutTimes(expected), WithoutTimes(result.Output));
    }

    [Fact]
    public void There_are_commands() => Assert.Equal(3, Commands().Count);

    // Wall times differ from run to run; cycles, tokens and perplexities don't.
    private static string WithoutTimes(string text) => WallTime().Replace(text.Trim(), "(time)");

    [GeneratedRegex(@"```console\n\$ \./looplynx (?<command>[^\n]+)\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex ConsoleBlock();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Argument();

    [GeneratedRegex(@"[\d.]+ s, \d+ cycles/s")]
    private static partial Regex WallTime();
}
