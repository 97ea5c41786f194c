using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using LoopLynx.Gen;
using LoopLynx.Synthesis.Netlist;
using LoopLynx.Verilator;

namespace LoopLynx.Synthesis.Yosys;

/// <summary>
/// Maps emitted Verilog to the cells of UltraScale+ with Yosys, the hierarchy kept: what a module becomes depends on its own text and on the ports of its
/// children only, so a change maps again what it touches and nothing else. Each module has a run of its own: what ABC finds depends on numbers that Yosys gives
/// to nets, so of several modules in one run each would depend on the others.
/// </summary>
/// <param name="cache">Where netlists are kept.</param>
/// <param name="jobs">Runs of Yosys at the same time.</param>
public sealed class YosysMapper(MappingCache cache, int jobs = 1)
{
    private const string Library = "read_verilog -lib -specify +/xilinx/cells_sim.v; read_verilog -lib +/xilinx/cells_xtra.v";
    private const string Commands = "hierarchy -check; synth_xilinx -family xcup -noiopad -noclkbuf -run prepare:";
    private static readonly ExternalTool Tool = new("yosys", "apt-get install yosys");
    private readonly Lazy<string> _version = new(() => Tool.Run(["-V"]).Output.Trim());

    /// <summary>What Yosys says of itself.</summary>
    /// <exception cref="LoopLynx.Sim.SimulationException">It isn't installed.</exception>
    public string Version => _version.Value;

    /// <summary>The commands that every module goes through.</summary>
    public static string Script => $"{Library}; read_verilog MODULE; read_verilog -lib CHILDREN; {Commands}; json MODULE";

    /// <summary>Time that one run may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(2);

    /// <summary>SHA-256 of a design's text, the C# lines beside it left out.</summary>
    public static string Hash(IEnumerable<VerilogFile> files) => Hash([.. files.SelectMany(f => new[] { f.Name, VerilogModule.WithoutLines(f) })]);

    /// <summary>The netlists of all modules.</summary>
    /// <param name="files">The emitted files.</param>
    /// <param name="progress">Hears of each module.</param>
    /// <param name="cancellation">Stops Yosys.</param>
    /// <exception cref="SynthesisException">Yosys doesn't accept a module.</exception>
    public IReadOnlyList<MappedModule> Run(IReadOnlyList<VerilogFile> files, Action<MappingProgress>? progress = null, CancellationToken cancellation = default)
    {
        var modules = files.Select(f => new VerilogModule(f)).ToArray();
        var keys = modules.ToDictionary(m => m, m => Hash([Version, Script, m.Text, .. m.Children(modules).Select(c => c.Interface)]));
        VerilogModule[] missing = [.. modules.Where(m => !cache.Has(keys[m]))];
        var done = modules.Length - missing.Length;
        var options = new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation };
        try
        {
            Parallel.ForEach(missing, options, module =>
            {
                Map(module, [.. module.Children(modules)], keys[module], cancellation);
                progress?.Invoke(new(module.Name, Interlocked.Increment(ref done), modules.Length));
            });
        }
        catch (AggregateException e)
        {
            // Others may have failed because the first one did.
            ExceptionDispatchInfo.Throw(e.InnerExceptions.FirstOrDefault(x => x is SynthesisException or OperationCanceledException) ?? e.InnerExceptions[0]);
        }

        return [.. modules.Select(m => Read(keys[m], m) ?? Again(m, [.. m.Children(modules)], keys[m], cancellation))];
    }

    private void Map(VerilogModule module, VerilogModule[] children, string key, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("looplynx-map-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, module.FileName), module.Text);
            foreach (var child in children)
            {
                // A child whose outputs nothing takes stays.
                File.WriteAllText(Path.Combine(folder, child.FileName), $"(* keep = 1 *)\n{child.Interface}\nendmodule\n");
            }

            string[] stubs = children.Length == 0 ? [] : [$"read_verilog -lib {string.Join(' ', children.Select(c => c.FileName))}"];
            File.WriteAllLines(
                Path.Combine(folder, "map.ys"), [Library, $"read_verilog {module.FileName}", .. stubs, Commands, $"json -o mapped.json {module.Name}"]);
            var result = Tool.Run(["-q", "map.ys"], folder, Timeout, cancellation);
            if (result.ExitCode != 0)
            {
                throw new SynthesisException($"Yosys doesn't map {module.FileName}: {FirstError(result)}");
            }

            var mapped = Path.Combine(folder, "mapped.json");
            if (!File.Exists(mapped))
            {
                throw NoNetlist(module);
            }

            cache.Keep(key, mapped);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Null where the cache holds something else: a disk may have been full, or a folder copied in part.
    private MappedModule? Read(string key, VerilogModule module)
    {
        try
        {
            using var stream = cache.Open(key);
            return NetlistReader.Read(stream).FirstOrDefault(m => m.Name == module.Name);
        }
        catch (Exception e) when (e is InvalidDataException or SynthesisException)
        {
            return null;
        }
    }

    private MappedModule Again(VerilogModule module, VerilogModule[] children, string key, CancellationToken cancellation)
    {
        Map(module, children, key, cancellation);
        return Read(key, module) ?? throw NoNetlist(module);
    }

    private static SynthesisException NoNetlist(VerilogModule module) =>
        new($"Yosys has written no netlist of {module.Name}; is the yosys in PATH a whole one?");

    private static string FirstError(ToolResult result) =>
        result.Log.Split('\n').FirstOrDefault(l => l.StartsWith("ERROR:", StringComparison.Ordinal)) ?? (result.Log.Trim() is { Length: > 0 } log
            ? log.Split('\n')[^1]
            : $"it ended with exit code {result.ExitCode} and said nothing; a killed one may have lacked memory, fewer --jobs need less");

    private static string Hash(IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));
}
