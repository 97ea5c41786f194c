namespace LoopLynx.Cli.Options;

/// <summary>The option that names a model's shape where no weights are needed.</summary>
public static class ShapeOption
{
    /// <summary>The option.</summary>
    /// <param name="fallback">The shape without it.</param>
    public static DeclaredOption<string> Create(string fallback) => Declare.Text("--shape", "gpt2-345m, gpt2-124m, shakespeare, or a config.json", fallback);
}
