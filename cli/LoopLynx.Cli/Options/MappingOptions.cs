using System.CommandLine;
using LoopLynx.Cli.Output;
using LoopLynx.Runtime;
using LoopLynx.Gen;
using LoopLynx.Synthesis;
using LoopLynx.Synthesis.Absorption;
using LoopLynx.Synthesis.Yosys;

namespace LoopLynx.Cli.Options;

/// <summary>The options of the commands that map the machine to the cells of the card: which machine, and where netlists are kept.</summary>
public sealed class MappingOptions
{
    private readonly MachineOptions _machine = new();
    private readonly Option<string> _shape = new("--shape") { Description = "gpt2-345m, gpt2-124m, shakespeare, or a config.json", DefaultValueFactory = _ => "gpt2-345m" };
    private readonly Option<string?> _cache = new("--cache") { Description = "folder where mapped modules are kept (default: the user's cache)" };
    private readonly Option<string> _absorb = new("--absorb") { Description = "registers that move into DSPs and RAMs: all, outputs (not the operands'), none", DefaultValueFactory = _ => "all" };
    private readonly Option<int> _jobs = new("--jobs") { Description = "modules that Yosys maps at the same time (default: one per core)", DefaultValueFactory = _ => Environment.ProcessorCount };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_shape);
        command.Add(_cache);
        command.Add(_absorb);
        command.Add(_jobs);
        _machine.AddTo(command);
    }

    /// <summary>Name of the shape.</summary>
    public string Shape(ParseResult parsed) => parsed.GetValue(_shape)!;

    /// <summary>Name of the preset.</summary>
    public string Preset(ParseResult parsed) => _machine.Preset(parsed);

    /// <summary>Number of nodes.</summary>
    public int Nodes(ParseResult parsed) => _machine.Nodes(parsed);

    /// <summary>Levels below the top at which the nodes lie.</summary>
    public int NodeDepth(ParseResult parsed) => Nodes(parsed) == 1 ? 0 : 1;

    /// <summary>The machine as cells; maps what isn't in the cache.</summary>
    public SynthesisedDesign Map(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(_jobs) < 1)
        {
            throw new UsageException("--jobs is at least 1");
        }

        var scope = parsed.GetValue(_absorb) switch
        {
            "all" => AbsorptionScope.All,
            "outputs" => AbsorptionScope.Outputs,
            "none" => AbsorptionScope.None,
            var other => throw new UsageException($"--absorb {other} is unknown; use all, outputs or none"),
        };
        var files = VerilogBackend.Emit(Machine.Elaborate(_machine.Configure(parsed, ModelSource.Shape(Shape(parsed)))));
        var mapper = new YosysMapper(new MappingCache(parsed.GetValue(_cache) ?? MappingCache.DefaultFolder), parsed.GetValue(_jobs));
        return Progress.Run("Mapping", bar => SynthesisedDesign.Map(files, mapper, scope, p => bar.Report((double)p.Done / p.All), cancellation));
    }
}
