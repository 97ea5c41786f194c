using System.Globalization;

namespace LoopLynx.Host;

/// <summary>Reads GPT-2's tensors by their short names, with or without the prefix <c>transformer.</c>, and checks their shapes.</summary>
internal sealed class TensorReader(SafeTensorsFile file, CancellationToken cancel)
{
    private const string LongPrefix = "transformer.", Head = "lm_head.weight", Tokens = "wte.weight";

    private readonly string prefix = file.Tensors.Keys.Any(name => name.StartsWith(LongPrefix, StringComparison.Ordinal)) ? LongPrefix : "";
    private readonly HashSet<string> used = [];

    public FloatMatrix Matrix(string name, int rows, int columns) => Named(prefix + name, rows, columns);

    /// <summary>The token embedding; a tied one may be stored under the head's name alone.</summary>
    public FloatMatrix TokenEmbedding(int vocab, int embed, bool tied) =>
        Named(tied && !file.Tensors.ContainsKey(prefix + Tokens) && file.Tensors.ContainsKey(Head) ? Head : prefix + Tokens, vocab, embed);

    public NormWeights Norm(string name, int size) =>
        new(Read($"{prefix}{name}.weight", size), Read($"{prefix}{name}.bias", size)) { Name = prefix + name };

    /// <summary>A Conv1D, stored as [inputs, outputs], turned so that an output's weights are contiguous.</summary>
    public LinearWeights Linear(string name, int inputs, int outputs) =>
        new(Matrix(name + ".weight", inputs, outputs).Transpose(), Read($"{prefix}{name}.bias", outputs));

    /// <summary>The head's own matrix, which never has the prefix; null when the file has none.</summary>
    public FloatMatrix? LmHead(int vocab, int embed) => file.Tensors.ContainsKey(Head) ? Named(Head, vocab, embed) : null;

    /// <summary>Refuses weights of layers that the configuration does not have, and returns the names of other tensors that nobody has asked for.</summary>
    /// <exception cref="HostException">Layers are left over.</exception>
    public IReadOnlyList<string> LeftOver(int layers)
    {
        var others = new List<string>();
        foreach (string name in file.Tensors.Keys.Where(name => !used.Contains(name) && name != Head))
        {
            string[] parts = name[(name.StartsWith(prefix, StringComparison.Ordinal) ? prefix.Length : 0)..].Split('.');
            bool inLayer = parts.Length > 2 && parts[0] == "h" && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int layer) && layer >= layers;
            if (inLayer)
                throw new HostException($"{file.Path}: tensor \"{name}\" belongs to a layer that config.json does not have (n_layer is {layers}); use the config.json of this checkpoint");

            // The mask of attention, which older versions of the ecosystem's tools saved with the weights.
            if (!name.EndsWith(".attn.bias", StringComparison.Ordinal) && !name.EndsWith(".attn.masked_bias", StringComparison.Ordinal))
                others.Add(name);
        }
        return others;
    }

    private FloatMatrix Named(string name, int rows, int columns) => new(rows, columns, Read(name, rows, columns)) { Name = name };

    private float[] Read(string name, params long[] shape)
    {
        if (file.Tensors.TryGetValue(name, out TensorInfo? tensor) && !tensor.Shape.SequenceEqual(shape))
            throw new HostException($"{file.Path}: tensor \"{name}\" has the shape {tensor.ShapeText} where config.json asks for [{string.Join(", ", shape)}]; use the config.json of this checkpoint");
        used.Add(name);
        return file.Read(name, cancel);
    }
}
