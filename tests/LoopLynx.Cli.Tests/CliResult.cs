using System.Text.Json;
using LoopLynx.Cli.Commands;

namespace LoopLynx.Cli.Tests;

/// <summary>One run of the command line in this process, with what it printed.</summary>
public sealed record CliResult(int ExitCode, string Output, string Error)
{
    private static readonly SemaphoreSlim OneConsole = new(1);

    /// <summary>The printed JSON object; fails unless it is the only thing on standard output.</summary>
    public JsonElement Json
    {
        get
        {
            Assert.Equal("", Error);
            Assert.Single(Output.Trim().Split('\n'));
            return JsonDocument.Parse(Output).RootElement;
        }
    }

    /// <summary>Runs the command; the console is a shared thing, so one at a time.</summary>
    public static async Task<CliResult> Run(params string[] args)
    {
        await OneConsole.WaitAsync();
        var (output, error) = (Console.Out, Console.Error);
        using var capturedOutput = new StringWriter();
        using var capturedError = new StringWriter();
        try
        {
            Console.SetOut(capturedOutput);
            Console.SetError(capturedError);
            var code = await CommandLine.Run(args);
            return new CliResult(code, capturedOutput.ToString(), capturedError.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
            OneConsole.Release();
        }
    }

    /// <summary>Expects a failure with one line that begins like this and may say more about what to do.</summary>
    public void FailsWithRule(string rule)
    {
        Assert.NotEqual(0, ExitCode);
        Assert.Equal("", Output);
        Assert.StartsWith($"looplynx: {rule}", Error);
        Assert.Single(Error.TrimEnd().Split('\n'));
    }

    /// <summary>Expects a failure with exactly this one line.</summary>
    public void FailsWith(string line)
    {
        Assert.NotEqual(0, ExitCode);
        Assert.Equal("", Output);
        Assert.Equal($"looplynx: {line}", Error.TrimEnd());
    }
}
