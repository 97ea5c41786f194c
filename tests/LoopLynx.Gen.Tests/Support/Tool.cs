using LoopLynx.Verilator;

namespace LoopLynx.Gen.Tests.Support;

/// <summary>Runs an external program and waits for it.</summary>
internal static class Tool
{
    /// <summary>Exit code and everything that the program printed, standard error included.</summary>
    public static (int Code, string Output) Run(string folder, string program, params IEnumerable<string> arguments)
    {
        var result = new ExternalTool(program, $"apt-get install {program}").Run(arguments, folder, cancellation: TestContext.Current.CancellationToken);
        return (result.ExitCode, result.Log);
    }

    /// <summary>Runs a program that must succeed without a word of warning; returns what it printed.</summary>
    public static string Check(string folder, string program, params IEnumerable<string> arguments)
    {
        var (code, output) = Run(folder, program, arguments);
        Assert.True(code == 0, $"{program} failed in {folder}:\n{output}");
        return output;
    }
}
