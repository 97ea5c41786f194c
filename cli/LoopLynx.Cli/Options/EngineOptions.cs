using System.CommandLine;
using LoopLynx.Cli.Output;
using LoopLynx.Sim.Compiled;

namespace LoopLynx.Cli.Options;

/// <summary>The switches of the compiled engine's optimisations, to measure them and to bisect a miscompile.</summary>
public sealed class EngineOptions
{
    private readonly DeclaredOption<bool>[] _off =
        [.. CompiledSwitches.All.Select(s => Declare.Flag($"--no-{s.Name}", $"compiled engine without: {s.Description}"))];

    private readonly DeclaredOption<int> _vectorBits = new(
        Declare.Integer("--vector-bits", "compiled engine: 128, 256, 512, or 0 for scalar code (default: the processor's best)", -1).Option,
        bits => bits is -1 or 0 or 128 or 256 or 512 ? null : ": use 0, 128, 256 or 512");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in _off)
        {
            command.Add(option.Option);
        }

        command.Add(_vectorBits.Option);
    }

    /// <summary>The options that the command line asks for.</summary>
    /// <exception cref="UsageException">There are no vectors of that width.</exception>
    public CompiledOptions Bind(ParseResult parsed)
    {
        var bits = _vectorBits.Of(parsed);
        return CompiledSwitches.All.Zip(_off).Where(p => p.Second.Of(parsed))
            .Aggregate(new CompiledOptions { VectorBits = bits }, (options, p) => p.First.Off(options));
    }
}
