using System.Text.Json;

namespace LoopLynx.Synthesis.Resources;

/// <summary>What a die of the card has, what its shell takes of it, and what the paper reports: <c>constraints/u50-resources.json</c>.</summary>
/// <param name="Sources">Where the rows come from.</param>
/// <param name="Die">One super logic region.</param>
/// <param name="Shell">The shell's share per node.</param>
/// <param name="TableII">LoopLynx Table II, one node with shell.</param>
/// <param name="Token">A token of that node, published.</param>
/// <param name="Crossing">Between the two dies.</param>
/// <param name="MostShare">Most of a die, in per cent, that node and shell may take together.</param>
public sealed record Budget(
    IReadOnlyDictionary<string, string> Sources, BudgetRow Die, BudgetRow Shell, BudgetRow TableII, TokenRow Token, CrossingRow Crossing, BudgetRow MostShare)
{
    /// <summary>The card's.</summary>
    public static Budget Default { get; } = Read();

    /// <summary>The kinds of resources whose share is above the limit, with the share in per cent.</summary>
    public IReadOnlyDictionary<string, double> Over(ResourceCount node) => Shares(node).Where(s => s.Share > s.Most).ToDictionary(s => s.Name, s => s.Share);

    /// <summary>Per kind of resource, the share of a die that node and shell take, in per cent.</summary>
    public IReadOnlyList<(string Name, double Share, double Most)> Shares(ResourceCount node) =>
    [
        ("LUT", Share(node.Lut + node.LutRam, Shell.Lut, Die.Lut), MostShare.Lut),
        ("FF", Share(node.FfAbsorbed, Shell.Ff, Die.Ff), MostShare.Ff),
        ("DSP", Share(node.Dsp, Shell.Dsp, Die.Dsp), MostShare.Dsp),
        ("BRAM", Share(node.Bram36, Shell.Bram36, Die.Bram36), MostShare.Bram36),
        ("URAM", Share(node.Uram, Shell.Uram, Die.Uram), MostShare.Uram),
    ];

    private static double Share(double node, double shell, double die) => Math.Round(100 * (node + shell) / die, 1);

    private static Budget Read()
    {
        using var stream = typeof(Budget).Assembly.GetManifestResourceStream("u50-resources.json")!;
        return JsonSerializer.Deserialize<Budget>(stream, JsonSerializerOptions.Web) ?? throw new JsonException("u50-resources.json is empty");
    }
}
