using System.CommandLine;
using LoopLynx.Cli.Output;
using LoopLynx.Sim.Compiled;

namespace LoopLynx.Cli.Options;

/// <summary>The switches of the compiled engine's optimisations, to measure them and to bisect a miscompile.</summary>
public sealed class EngineOptions
{
    private readonly Option<bool>[] _off = [.. CompiledSwitches.All.Select(s => new Option<bool>($"--no-{s.Name}") { Description = $"compiled engine without: {s.Description}" })];
    private readonly Option<int> _vectorBits = new("--vector-bits") { Description = "compiled engine: 128, 256, 512, or 0 for scalar code (default: the processor's best)", DefaultValueFactory = _ => -1 };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in _off)
        {
            command.Add(option);
        }

        command.Add(_vectorBits);
    }

    /// <summary>The options that the command line asks for.</summary>
    public CompiledOptions Options(ParseResult parsed)
    {
        var bits = parsed.GetValue(_vectorBits);
        if (bits is not (-1 or 0 or 128 or 256 or 512))
        {
            throw new UsageException($"--vector-bits {bits}: use 0, 128, 256 or 512");
        }

        return CompiledSwitches.All.Zip(_off).Where(p => parsed.GetValue(p.Second))
            .Aggregate(new CompiledOptions { VectorBits = bits }, (options, p) => p.First.Off(options));
    }
}
