using LoopLynx.Cli.Output;
using LoopLynx.Fuzz;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>fuzz</c> is asked for.</summary>
/// <param name="Options">How many designs, for how long, on which engines.</param>
public sealed record FuzzRequest(FuzzOptions Options)
{
    /// <summary>Refuses engines that there aren't, that compare nothing, or whose tools aren't installed.</summary>
    /// <exception cref="UsageException">One of these is so.</exception>
    public void Check()
    {
        if (Options.Engines.FirstOrDefault(e => !FuzzOptions.AllEngines.Contains(e)) is { } unknown)
        {
            throw new UsageException($"--engines {unknown} is unknown; use {string.Join(", ", FuzzOptions.AllEngines)}");
        }

        if (!Options.Engines.Any(e => e != FuzzOptions.Reference))
        {
            var others = FuzzOptions.AllEngines.Where(e => e != FuzzOptions.Reference);
            throw new UsageException($"--engines names nothing to compare with the {FuzzOptions.Reference} engine; use {string.Join(", ", others)}");
        }

        if (Options.MissingTool is { } missing)
        {
            throw new UsageException($"'{missing.Tool}' is not installed; install it, or leave {missing.Engine} out of --engines");
        }
    }
}
