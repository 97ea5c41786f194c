using LoopLynx.Cli.Options;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>rtl</c> is asked for.</summary>
/// <param name="Folder">Where the files go.</param>
public sealed record RtlRequest(string Folder)
{
    /// <summary>Name of the model's shape, or a <c>config.json</c>.</summary>
    public string Shape { get; init; } = "shakespeare";

    /// <summary>The machine.</summary>
    public MachineRequest Machine { get; init; } = MachineRequest.Default;
}
