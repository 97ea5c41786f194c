using LoopLynx.Hdl;

namespace LoopLynx.Fuzz.Designs;

/// <summary>Many designs side by side, so that an external tool is built and started once for all of them.</summary>
public sealed class Batch(IReadOnlyList<RandomTop> designs) : Module
{
    /// <summary>The designs' inputs, one design after another.</summary>
    public readonly Signal[] In = [.. designs.SelectMany((design, i) => design.Inputs.Select((input, j) => Hardware.Input(input.Type, $"d{i}_i{j}")))];

    /// <summary>The designs' outputs, one design after another.</summary>
    public readonly Signal[] Out = [.. designs.SelectMany((design, i) => design.Outputs.Select((output, j) => Hardware.Output(output.Type, $"d{i}_o{j}")))];

    /// <inheritdoc/>
    protected override void Build()
    {
        foreach (var (i, design) in designs.Index())
        {
            Hardware.Instance(design, $"d{i}");
        }

        foreach (var (inside, port) in designs.SelectMany(design => design.Inputs).Zip(In))
        {
            inside.Drive(port);
        }

        foreach (var (port, inside) in Out.Zip(designs.SelectMany(design => design.Outputs)))
        {
            port.Drive(inside);
        }
    }
}
