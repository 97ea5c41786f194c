using System.CommandLine;
using LoopLynx.Synthesis.Absorption;

namespace LoopLynx.Cli.Options;

/// <summary>The options of the commands that map the machine to the cells of the card: which machine, and where netlists are kept.</summary>
public sealed class MappingOptions
{
    private readonly MachineOptions _machine = new();
    private readonly DeclaredOption<string> _shape = ShapeOption.Create("gpt2-345m");
    private readonly DeclaredOption<bool> _node = Declare.Flag("--one-node", "of a ring one node alone, with the ports of its place");
    private readonly KernelOption _kernel = new();
    private readonly DeclaredOption<string?> _cache = Declare.OptionalText("--cache", "folder where mapped modules are kept (default: the user's cache)");
    private readonly DeclaredOption<string?> _absorb = Declare.Choice(
        "--absorb", "registers that move into DSPs and RAMs: all, outputs (not the operands'), none", "all", ["all", "outputs", "none"]);

    private readonly DeclaredOption<int> _jobs = Declare.Integer(
        "--jobs", "modules that Yosys maps at the same time (default: one per core)", Environment.ProcessorCount, least: 1);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_shape.Option);
        command.Add(_node.Option);
        command.Add(_kernel.Option);
        command.Add(_cache.Option);
        command.Add(_absorb.Option);
        command.Add(_jobs.Option);
        _machine.AddTo(command);
    }

    /// <summary>The mapping that a command line asks for.</summary>
    public MappingRequest Bind(ParseResult parsed) => new(_machine.Bind(parsed), _shape.Of(parsed))
    {
        OneNode = _node.Of(parsed),
        AsKernel = _kernel.Of(parsed),
        Cache = _cache.Of(parsed),
        Scope = _absorb.Of(parsed) switch
        {
            "outputs" => AbsorptionScope.Outputs,
            "none" => AbsorptionScope.None,
            _ => AbsorptionScope.All,
        },
        Jobs = _jobs.Of(parsed),
    };
}
