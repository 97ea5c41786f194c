using System.Diagnostics;
using LoopLynx.Hdl;

namespace LoopLynx.Verilator.Tests;

/// <summary>A build of a tiny design in a process of its own, which can be killed.</summary>
internal sealed class ChildBuild : IDisposable
{
    /// <summary>Names the cache folder of <see cref="BuildCacheTests.A_build_in_a_folder_of_its_own"/> in the child.</summary>
    public const string FolderVariable = "LOOPLYNX_TEST_CACHE";

    private readonly Process _process;

    private ChildBuild(Process process) => _process = process;

    /// <summary>Starts one.</summary>
    public static ChildBuild Start(string folder)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = [typeof(ChildBuild).Assembly.Location, "-noLogo", "-noColor", "-method", $"{typeof(BuildCacheTests).FullName}.{nameof(BuildCacheTests.A_build_in_a_folder_of_its_own)}"];
        Array.ForEach(arguments, start.ArgumentList.Add);
        start.Environment[FolderVariable] = folder;
        return new ChildBuild(Process.Start(start)!);
    }

    /// <summary>Builds the tiny design in this process.</summary>
    public static BuiltModel Build(string folder, CancellationToken cancel = default) =>
        ModelBuilder.Build(Elaborator.ElaborateUnchecked(new ClockDesign()), QuickBuild.Options with { CacheFolder = folder, Cancellation = cancel });

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Kills it as <c>kill -9</c> does: it can't clean up, and what it started lives on.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Waits for its end; fails unless the build was good.</summary>
    public async Task Succeeds(CancellationToken cancel)
    {
        var output = _process.StandardOutput.ReadToEndAsync(cancel);
        await _process.WaitForExitAsync(cancel);
        Assert.True(_process.ExitCode == 0, await output);
    }

    public void Dispose() => _process.Dispose();
}
