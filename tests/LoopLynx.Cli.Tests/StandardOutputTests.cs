namespace LoopLynx.Cli.Tests;

/// <summary>Standard output as programs around the command use it.</summary>
public sealed class StandardOutputTests
{
    [Theory]
    [InlineData("run ROMEO: --tokens 40")]
    [InlineData("--help")]
    public async Task A_reader_that_has_gone_ends_the_command_in_silence(string command)
    {
        var result = await ProgramRun.Shell($"set -o pipefail; looplynx {command} | head -c 3 >/dev/null");
        Assert.Equal("", result.Error);
        Assert.Contains(result.ExitCode, (int[])[141, 0]);
    }

    [Fact]
    public async Task Output_to_a_full_disk_is_one_line()
    {
        var result = await ProgramRun.Shell("looplynx fuzz --seeds 1 --engines compiled --json > /dev/full");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("looplynx: can't write standard output: no space left on its disk\n", result.Error);
    }

    [Fact]
    public async Task The_command_alone_shows_its_help_and_examples()
    {
        var result = await CliResult.Run();
        Assert.Equal(2, result.ExitCode);
        Assert.Equal("looplynx: no command is given (see 'looplynx --help')", result.Error.TrimEnd());
        var shell = await ProgramRun.Shell("looplynx");
        Assert.Contains("looplynx run \"ROMEO:\"", shell.Output);
        Assert.DoesNotContain("looplynx looplynx", shell.Output + shell.Error);
    }

    [Theory]
    [InlineData("looplynx --help", "frobnicate")]
    [InlineData("looplynx run --help", "run", "ROMEO:", "--speed", "9")]
    [InlineData("looplynx rtl --help", "rtl")]
    public async Task A_wrong_command_line_names_the_help_that_explains_it(string help, params string[] arguments)
    {
        var result = await CliResult.Run(arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.EndsWith($"(see '{help}')", result.Error.TrimEnd());
    }
}
