using System.Diagnostics;

namespace LoopLynx.Gen.Tests.Support;

/// <summary>Runs an external program and waits for it.</summary>
internal static class Tool
{
    /// <summary>Exit code and everything that the program printed, standard error included.</summary>
    public static (int Code, string Output) Run(string folder, string program, params IEnumerable<string> arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    /// <summary>Runs a program that must succeed without a word of warning; returns what it printed.</summary>
    public static string Check(string folder, string program, params IEnumerable<string> arguments)
    {
        var (code, output) = Run(folder, program, arguments);
        Assert.True(code == 0, $"{program} failed in {folder}:\n{output}");
        return output;
    }
}
