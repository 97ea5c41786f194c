using System.Globalization;
using LoopLynx.Cli.Output;
using LoopLynx.Synthesis.Resources;
using LoopLynx.Synthesis.Timing;

namespace LoopLynx.Cli.Commands;

/// <summary>What <c>resources</c> counted.</summary>
/// <param name="Resources">Cells per kernel.</param>
/// <param name="NetlistHash">SHA-256 of the mapped netlist.</param>
/// <param name="Crossing">Of the card's unit of a ring the lines between the dies; else null.</param>
public sealed record ResourcesReport(ResourceReport Resources, string NetlistHash, DieCrossing? Crossing = null) : Report
{
    private const string Basis = "Yosys synth_xilinx -family xcup";

    private const string ModelBasis = "closed-form model, ideal memory, blocks only";

    private static Budget Budget => Budget.Default;

    /// <summary>Tokens a second for its cells; null where a part of a machine was counted.</summary>
    public TokenEfficiency? Token { get; init; }

    private bool Fits => Budget.Over(Resources.Node).Count == 0 && (Crossing?.Total ?? 0) <= Budget.Crossing.Most;

    /// <inheritdoc/>
    public override object Json => new
    {
        basis = $"{Basis}, {TimingReport.Label}",
        kernels = Resources.Kernels.Select(k => new
        {
            k.Name,
            k.Count,
            k.Depth,
            k.Total.Lut,
            k.Total.Ff,
            k.Total.FfAbsorbed,
            lutram = k.Total.LutRam,
            k.Total.Carry8,
            k.Total.Dsp,
            k.Total.Bram36,
            k.Total.Uram,
            k.LogicLevels,
            Own = Fields(k.Own),
        }),
        node = Fields(Resources.Node),
        machine = Fields(Resources.Machine),
        unregistered = Resources.Unregistered,
        shares = Budget.Shares(Resources.Node).Select(s => new { s.Name, s.Share, s.Most }),
        crossing = Crossing,
        token = Token is { } token ? new
        {
            basis = $"{ModelBasis}; {token.Clock}",
            token.Position,
            machine = Fields(token.Machine),
            published = Fields(Efficiency.Published(Budget)),
        } : null,
        fits = Fits,
        netlistHash = NetlistHash,
    };

    /// <inheritdoc/>
    public override string? Difference => Resources.Unregistered.Count == 0
        ? null
        : $"{Resources.Unregistered.Count} DSPs and RAMs lack registers, the first is {Resources.Unregistered[0].Cell} ({Resources.Unregistered[0].Missing}); "
            + "give each operand, product and output its register";

    /// <inheritdoc/>
    public override void WriteText(TextWriter output)
    {
        output.WriteLine($"Cells by {Basis} ({TimingReport.Label}); FF as Yosys counts, and after absorption into DSP48E2, RAMB36E2 and URAM288");
        output.WriteLine($"{"module, with children",-32} {"count",5} {"LUT",8} {"LUTRAM",7} {"FF",8} {"absorbed",8} {"CARRY8",6} {"DSP",5} {"BRAM36",6} "
            + $"{"URAM",5} {"levels",6}");
        foreach (var kernel in Resources.Kernels)
        {
            var name = $"{new string(' ', 2 * (kernel.Depth - 1))}{kernel.Name}";
            output.WriteLine(Line(name, kernel.Count.ToString(CultureInfo.InvariantCulture), kernel.Total, kernel.LogicLevels));
        }

        output.WriteLine(Line("node", "", Resources.Node, null));
        output.WriteLine(Line("machine", "", Resources.Machine, null));
        output.WriteLine(Budgeted("one die", Budget.Die));
        output.WriteLine(Budgeted("shell's share (estimate)", Budget.Shell));
        output.WriteLine(Budgeted("Table II, with shell", Budget.TableII));
        var shares = Budget.Shares(Resources.Node).Select(s => $"{s.Name} {s.Share:0.#} % (at most {s.Most:0})");
        output.WriteLine($"node and shell of a die: {string.Join(", ", shares)}: {(Fits ? "fits" : "DOESN'T FIT")}");
        if (Token is { } token)
        {
            output.WriteLine($"a token at position {token.Position} ({ModelBasis}; {token.Clock}), cells without shell: {token.Machine}");
            output.WriteLine($"Table II, {Budget.Token.Nodes} node, GPT-2 345M (published; LUT less the shell's estimate): {Efficiency.Published(Budget)}");
        }

        if (Crossing is { } lines)
        {
            output.WriteLine($"lines between the dies, of a unit on the second one: {lines.Total} of {Budget.Crossing.Lines} (at most {Budget.Crossing.Most}): "
                + $"memory {lines.Memory}, host {lines.Host}, ring {lines.Ring}");
        }

        WriteUnregistered(output);
    }

    private void WriteUnregistered(TextWriter output)
    {
        output.WriteLine($"{Resources.Unregistered.Count} DSPs and RAMs lack registers:");
        foreach (var group in Resources.Unregistered.GroupBy(u => (u.Module, u.Type, u.Missing)).OrderByDescending(g => g.Count()))
        {
            var (module, type, missing) = group.Key;
            var registers = missing == "output" ? new[] { "output register" } : missing.Select(m => $"{m}REG");
            output.WriteLine($"  {group.Count(),5} {type} of {module} without {string.Join(", ", registers)}, for example {group.First().Cell}");
        }
    }

    private static object Fields(ResourceCount c) => new { c.Lut, c.Ff, c.FfAbsorbed, lutram = c.LutRam, c.Carry8, c.Dsp, c.Bram36, c.Uram };

    private static object Fields(Efficiency e) => new { e.Milliseconds, e.TokensPerSecond, e.Dsp, e.Lut, e.PerDsp, e.PerThousandLut };

    private static string Line(string name, string count, ResourceCount c, int? levels) =>
        $"{name,-32} {count,5} {c.Lut,8} {c.LutRam,7} {c.Ff,8} {c.FfAbsorbed,8} {c.Carry8,6} {c.Dsp,5} {c.Bram36,6:0.#} {c.Uram,5} {levels,6}";

    private static string Budgeted(string name, BudgetRow row) =>
        $"{name,-32} {"",5} {row.Lut,8} {"",7} {row.Ff,8} {"",8} {"",6} {row.Dsp,5} {row.Bram36,6} {row.Uram,5}";
}
