namespace LoopLynx.Verilator;

/// <summary>
/// Turns Verilator's C++ into a shared library with g++ alone (no make). Small models are one translation unit, which saves most of the time of
/// parsing Verilator's headers; large ones are compiled file by file, in parallel. Verilator's own run-time library is compiled once per set of flags.
/// </summary>
internal sealed class CppToolchain(string verilatorVersion, string compilerVersion, VerilatorOptions options)
{
    private const long SingleUnitBytes = 1 << 20;

    // Nothing of one model may be seen by another one in the process: only the C interface is visible, and no symbol is made unique in the process.
    private static readonly string[] BaseFlags = [
        "-std=gnu++17", "-fPIC", "-fvisibility=hidden", "-fno-gnu-unique", "-faligned-new", "-pthread", "-w",
        "-DVERILATOR=1", "-DVM_COVERAGE=0", "-DVM_SC=0", "-DVM_TRACE=0", "-DVM_TRACE_FST=0", "-DVM_TRACE_VCD=0",
        "-DVL_USER_FINISH", "-DVL_USER_STOP", "-DVL_USER_FATAL"];

    /// <summary>First line of <c>g++ --version</c>.</summary>
    public string Version => compilerVersion;

    /// <summary>Where models and the run-time library are kept.</summary>
    public BuildCache Cache { get; } = new(options.CacheFolder, options.Cancellation);

    /// <summary>Compiles all C++ of a Verilator output folder and links it.</summary>
    public void Link(string folder, string library, BuildLog log)
    {
        var include = Path.Combine(ExternalTool.Verilator.Run(["--getenv", "VERILATOR_ROOT"], cancellation: options.Cancellation).Output.Trim(), "include");
        string[] flags = [.. BaseFlags, .. options.CompilerFlags, "-I", include, "-I", Path.Combine(include, "vltstd")];
        var runtime = RuntimeObjects(RuntimeSources(folder, include), flags);
        var objects = Compile(Units(folder), [.. flags, "-I", folder], folder, log);
        log.Run(ExternalTool.Compiler, ["-shared", "-pthread", "-Wl,-Bsymbolic", "-Wl,--no-undefined", "-o", library, .. objects, .. runtime], options);
    }

    private static IReadOnlyList<string> Units(string folder)
    {
        var sources = Directory.GetFiles(folder, "*.cpp").Order(StringComparer.Ordinal).ToArray();
        if (sources.Sum(source => new FileInfo(source).Length) > SingleUnitBytes)
        {
            return sources;
        }

        var unit = Path.Combine(folder, "all.cc");
        File.WriteAllLines(unit, sources.Select(source => $"#include \"{Path.GetFileName(source)}\""));
        return [unit];
    }

    // Verilator lists the parts of its run-time library that the model needs, one a line after this variable.
    private static List<string> RuntimeSources(string folder, string include) => [.. File.ReadLines(Path.Combine(folder, $"{ModelSources.Prefix}_classes.mk"))
        .SkipWhile(line => !line.StartsWith("VM_GLOBAL_FAST", StringComparison.Ordinal))
        .Skip(1)
        .Select(line => line.Trim(' ', '\t', '\\'))
        .TakeWhile(name => name.Length > 0)
        .Select(name => Path.Combine(include, $"{name}.cpp"))];

    private string[] RuntimeObjects(IReadOnlyList<string> sources, string[] flags)
    {
        var (folder, _) = Cache.GetOrFill("runtime", [verilatorVersion, compilerVersion, .. flags, "", .. sources],
            (work, log) => Compile(sources, flags, work, log));
        return Directory.GetFiles(folder, "*.o");
    }

    private string[] Compile(IReadOnlyList<string> sources, string[] flags, string folder, BuildLog log)
    {
        var objects = sources.Select(source => Path.Combine(folder, Path.GetFileName(source) + ".o")).ToArray();
        try
        {
            Parallel.For(0, objects.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
                i => log.Run(ExternalTool.Compiler, [.. flags, "-c", "-o", objects[i], sources[i]], options));
        }
        catch (AggregateException errors)
        {
            // One that failed says more than those that were cancelled because of it, unless all were cancelled.
            throw options.Cancellation.IsCancellationRequested ? new OperationCanceledException(options.Cancellation) : errors.Flatten().InnerExceptions[0];
        }

        return objects;
    }
}
