using System.Diagnostics;
using LoopLynx.Cli.Options;

namespace LoopLynx.Cli.Tests;

/// <summary>The script <c>looplynx</c>: it says that it builds, builds once for several, and again after any change.</summary>
public sealed class LauncherTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // A tree of projects like this one's, and a 'dotnet' that counts its builds.
    public LauncherTests()
    {
        File.Copy(Path.Combine(Repository.OfProgram.Root, "looplynx"), _folder["looplynx"]);
        Write("cli/LoopLynx.Cli/LoopLynx.Cli.csproj", """<Project><ItemGroup><ProjectReference Include="../../hw/Part/Part.csproj" /></ItemGroup></Project>""");
        Write("hw/Part/Part.csproj", """<Project><ItemGroup><EmbeddedResource Include="../../data/board.json" LinkBase="x" /></ItemGroup></Project>""");
        Write("hw/Part/Part.cs", "class Part;");
        Write("data/board.json", "{}");
        Write("bin/dotnet", """
            #!/usr/bin/env bash
            if [ "$1" = build ]; then
              echo build >> "$BUILDS"
              sleep 0.5
              [ -e "$BUILDS.fail" ] && { echo "Part.cs(1,1): error CS1: broken"; exit 1; }
              mkdir -p "${2%/*}/bin/Release/net10.0"
              echo "  LoopLynx.Cli -> somewhere"
              touch "${2%/*}/bin/Release/net10.0/looplynx.dll"
            else
              shift
              echo "ran $*"
            fi
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder["bin/dotnet"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public void Dispose() => _folder.Dispose();

    private int Builds => File.Exists(_folder["builds"]) ? File.ReadAllLines(_folder["builds"]).Length : 0;

    [Fact]
    public async Task It_says_that_it_builds_and_builds_once()
    {
        var first = await Run("a", "b c");
        Assert.Equal((0, "ran a b c\n"), (first.ExitCode, first.Output));
        Assert.StartsWith("looplynx: building the command", first.Error);
        Assert.Equal(new CliResult(0, "ran\n", ""), (await Run()) with { Output = "ran\n" });
        Assert.Equal(1, Builds);
    }

    [Theory]
    [InlineData("hw/Part/Part.cs")]
    [InlineData("hw/Part/New.cs")]
    [InlineData("data/board.json")]
    [InlineData("Directory.Build.props")]
    [InlineData("cli/LoopLynx.Cli/LoopLynx.Cli.csproj")]
    public async Task It_builds_again_after_a_change(string file)
    {
        Write("Directory.Build.props", "<Project />");
        await Run();
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Write(file, (File.Exists(_folder[file]) ? File.ReadAllText(_folder[file]) : "") + " ");
        await Run();
        await Run();
        Assert.Equal(2, Builds);
    }

    [Fact]
    public async Task It_builds_again_when_a_file_was_removed()
    {
        await Run();
        await Task.Delay(50, TestContext.Current.CancellationToken);
        File.Delete(_folder["hw/Part/Part.cs"]);
        await Run();
        Assert.Equal(2, Builds);
    }

    [Fact]
    public async Task Of_two_first_builds_at_once_one_builds_and_the_other_waits()
    {
        var both = await Task.WhenAll(Run("one"), Run("two"));
        Assert.Equal(["ran one\n", "ran two\n"], both.Select(result => result.Output));
        Assert.Equal(1, Builds);
        Assert.Contains(both, result => result.Error.Contains("waiting for another build", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_build_that_fails_shows_its_error_and_is_tried_again()
    {
        File.WriteAllText(_folder["builds.fail"], "");
        var failed = await Run();
        Assert.Equal((1, ""), (failed.ExitCode, failed.Output));
        Assert.Contains("Part.cs(1,1): error CS1: broken", failed.Error);
        File.Delete(_folder["builds.fail"]);
        Assert.Equal(0, (await Run()).ExitCode);
        Assert.Equal(2, Builds);
    }

    private async Task<CliResult> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [_folder["looplynx"], .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{_folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["BUILDS"] = _folder["builds"];
        using var process = Process.Start(start)!;
        var cancel = TestContext.Current.CancellationToken;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
        await process.WaitForExitAsync(cancel);
        return new CliResult(process.ExitCode, await output, await error);
    }

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllText(_folder[name], text);
    }
}
