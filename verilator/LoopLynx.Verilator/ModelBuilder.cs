using System.Diagnostics;
using System.Globalization;
using LoopLynx.Gen;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;

namespace LoopLynx.Verilator;

/// <summary>Builds a design's Verilog into a shared library, once for each content. A library that isn't as it was built is built anew.</summary>
public static class ModelBuilder
{
    private const string LibraryName = "model.so";
    private const string SecondsName = "seconds.txt";

    /// <summary>Emits and builds a design, or finds it in the cache.</summary>
    /// <exception cref="SimulationException">A tool is missing or refuses the files.</exception>
    public static BuiltModel Build(Design design, VerilatorOptions? options = null)
    {
        options ??= new VerilatorOptions();
        var version = Version(ExternalTool.Verilator, options.Cancellation);
        var emitted = VerilogBackend.Emit(design);
        var wrapper = ModelSources.WrapperFile(design.Top, Path.GetFileNameWithoutExtension(emitted[^1].Name));
        VerilogFile[] files = [.. emitted.Select(options.Change ?? (file => file)), wrapper];
        var shim = ModelSources.Shim(design.Top);
        var toolchain = new CppToolchain(version, Version(ExternalTool.Compiler, options.Cancellation), options);

        string[] contents = [
            version, toolchain.Version, shim, options.Threads.ToString(CultureInfo.InvariantCulture),
            .. options.Flags, "", .. options.CompilerFlags, "", .. files.SelectMany(file => (string[])[file.Name, file.Text])];
        var (folder, existed) = toolchain.Cache.GetOrFill("model", contents, (work, log) =>
        {
            var clock = Stopwatch.StartNew();
            Fill(work, files, shim, toolchain, options, log);
            File.WriteAllText(Path.Combine(work, SecondsName), clock.Elapsed.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture));
        });

        var seconds = double.Parse(File.ReadAllText(Path.Combine(folder, SecondsName)), CultureInfo.InvariantCulture);
        return new BuiltModel(Path.Combine(folder, LibraryName), seconds, existed, version);
    }

    private static void Fill(string work, IReadOnlyList<VerilogFile> files, string shim, CppToolchain toolchain, VerilatorOptions options, BuildLog log)
    {
        foreach (var file in files)
        {
            File.WriteAllText(Path.Combine(work, file.Name), file.Text);
        }

        const string generated = "generated";
        log.Run(ExternalTool.Verilator, [
            "--cc", "-O3", "--prefix", ModelSources.Prefix, "--top-module", ModelSources.Wrapper, "--Mdir", generated,
            // Lint is checked where the Verilog is written; here warnings would only hide errors.
            "-Wno-fatal", "-Wno-lint", "-Wno-style",
            .. options.Threads > 1 ? new[] { "--threads", options.Threads.ToString(CultureInfo.InvariantCulture) } : [],
            .. options.Flags,
            .. files.Where(file => file.Name.EndsWith(".v", StringComparison.Ordinal)).Select(file => file.Name)], options);

        File.WriteAllText(Path.Combine(work, generated, "shim.cpp"), shim);
        toolchain.Link(Path.Combine(work, generated), Path.Combine(work, LibraryName), log);
        Directory.Delete(Path.Combine(work, generated), recursive: true);
    }

    private static string Version(ExternalTool tool, CancellationToken cancel) => tool.Run(["--version"], cancellation: cancel).Output.Split('\n')[0].Trim();
}
