using LoopLynx.Accelerator;
using LoopLynx.Gen.Board;
using LoopLynx.Runtime;
using LoopLynx.Verilator;

namespace LoopLynx.Card.Tests;

/// <summary>A small kernel with its files, and the programs that look at them.</summary>
internal static class Small
{
    /// <summary>One node of four channels.</summary>
    public static NodeConfiguration Configuration { get; } = (Presets.Named("fast", Shape) with { PrefetchBeats = 64 }).Validated();

    /// <summary>Its kernel.</summary>
    public static CardKernel Kernel { get; } = new(Configuration, Machine.ElaborateKernel(Configuration));

    /// <summary>Its files, by name.</summary>
    public static IReadOnlyDictionary<string, string> Files { get; } = KernelFiles.Of(Kernel, U50.Default).ToDictionary(f => f.Name, f => f.Text);

    /// <summary>Writes the files into a folder.</summary>
    public static void WriteTo(string folder)
    {
        foreach (var (name, text) in Files)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }
    }

    private static NodeConfiguration Shape => new(Layers: 2, Heads: 8, Embed: 32, FeedForward: 64, Context: 8, Channels: 4, Lanes: 4);

    /// <summary>Runs a program in a folder.</summary>
    public static ToolResult Run(string program, string package, string folder, params string[] arguments) =>
        new ExternalTool(program, $"apt-get install {package}").Run(arguments, folder, TimeSpan.FromMinutes(5));
}
