using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LoopLynx.Synthesis.Cells;

/// <summary>The delays that the analysis uses, each with its source: <c>constraints/ultrascale-plus-2.json</c>.</summary>
/// <param name="Name">What device the figures describe.</param>
/// <param name="Sources">Where figures come from.</param>
/// <param name="UncertaintyNs">Skew and jitter that each path must leave room for.</param>
/// <param name="Wires">The wire models.</param>
/// <param name="Figures">The delays of cells by name.</param>
public sealed record TimingData(
    string Name, IReadOnlyDictionary<string, string> Sources, double UncertaintyNs, WireFigures[] Wires, IReadOnlyDictionary<string, Figure> Figures)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        // There is nothing to tell the analysis but delays: an exception of a path, by whatever name, is refused.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The figures that ship.</summary>
    public static TimingData Default { get; } = Parse(Resource());

    /// <summary>SHA-256 of the file's text.</summary>
    public string Hash { get; private init; } = "";

    /// <summary>A delay in ns.</summary>
    /// <exception cref="SynthesisException">The file doesn't have it.</exception>
    public double this[string figure] => Figures.TryGetValue(figure, out var found)
        ? found.Ns
        : throw new SynthesisException($"the timing data has no figure '{figure}'; add it with its source");

    /// <summary>Reads a data file.</summary>
    /// <exception cref="SynthesisException">It is malformed, holds something else, or a figure names a source that the file doesn't have.</exception>
    public static TimingData Parse(string json)
    {
        TimingData data;
        try
        {
            data = JsonSerializer.Deserialize<TimingData>(json, Options) ?? throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new SynthesisException($"the timing data can't be read: {e.Message}");
        }

        foreach (var (name, source) in data.Figures.Select(f => (f.Key, f.Value.Source)).Concat(data.Wires.Select(w => (w.Name, w.Source))))
        {
            if (!data.Sources.ContainsKey(source))
            {
                throw new SynthesisException($"'{name}' of the timing data names the source '{source}', which the file doesn't explain; add it under sources");
            }
        }

        return data with { Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json))) };
    }

    private static string Resource()
    {
        using var stream = typeof(TimingData).Assembly.GetManifestResourceStream("ultrascale-plus-2.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
