using System.Runtime.CompilerServices;
using LoopLynx.Verilator;

namespace LoopLynx.Packages.Tests;

/// <summary>
/// A temporary folder laid out as the repository is: the packages of this build in <c>artifacts/packages</c>, a copy of the example beside them.
/// What the packages need of others comes from the folder into which this repository was restored, so that nothing is fetched.
/// </summary>
public sealed class PackageFeed : IDisposable
{
    private static readonly ExternalTool Dotnet = new("dotnet", "the .NET SDK");

    public PackageFeed()
    {
        Run(Repository, 0, "pack", "LoopLynx.Rtl.sln", "-c", Configuration, "--no-build", "-v", "q", "--nologo", "-nodeReuse:false", "-o", Packages);
        Directory.CreateDirectory(Consumer);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository, "examples/PackageConsumer")))
        {
            File.Copy(file, Path.Combine(Consumer, Path.GetFileName(file)));
        }

        Run(Consumer, 0, "restore", "-v", "q", "-s", Packages, "-s", Restored);
    }

    /// <summary>The folder of the repository.</summary>
    public static string Repository => Path.GetFullPath(Path.Combine(Here(), "../.."));

    /// <summary>The whole temporary folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("looplynx-packages-").FullName;

    /// <summary>The packages.</summary>
    public string Packages => Path.Combine(Folder, "artifacts/packages");

    /// <summary>The example's copy.</summary>
    public string Consumer => Path.Combine(Folder, "examples/PackageConsumer");

    private static string Restored => Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages");

    // The tests lie in bin/Release/net10.0: what they pack was built as they were.
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Parent!.Name;

    /// <summary>Builds the example.</summary>
    public string Build(int exitCode = 0) => Run(Consumer, exitCode, "build", "--no-restore", "-c", "Release", "-v", "q", "--nologo", "-nodeReuse:false");

    /// <summary>Runs the example.</summary>
    public string Start(params string[] arguments) => Run(Consumer, 0, ["bin/Release/net10.0/PackageConsumer.dll", .. arguments]);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Run(string folder, int exitCode, params string[] arguments)
    {
        var result = Dotnet.Run(arguments, folder, TimeSpan.FromMinutes(3));
        Assert.True(result.ExitCode == exitCode, $"dotnet {string.Join(' ', arguments)}: exit code {result.ExitCode}\n{result.Output}{result.Error}");
        return result.Output;
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
