using LoopLynx.Cli.Output;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>rtl</c> has written.</summary>
/// <param name="Folder">Where, as it was asked for.</param>
/// <param name="Files">The files.</param>
/// <param name="TopModule">Name of the top module.</param>
/// <param name="Modules">Number of modules.</param>
public sealed record RtlReport(string Folder, IReadOnlyList<string> Files, string TopModule, int Modules) : Report
{
    /// <inheritdoc/>
    public override object Json => new { Files, TopModule, Modules };

    /// <inheritdoc/>
    public override void WriteText(TextWriter output) =>
        output.WriteLine($"{Files.Count} files in {Folder}: top module {TopModule}, {Modules} modules");
}
