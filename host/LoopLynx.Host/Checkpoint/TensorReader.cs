using System.Globalization;

namespace LoopLynx.Host;

/// <summary>Reads tensors by their short names, with the prefix that the file uses or without, and checks their shapes.</summary>
/// <param name="file">The file.</param>
/// <param name="prefix">What may stand in front of every name.</param>
/// <param name="cancel">Ends the reading between tensors, and inside large ones.</param>
internal sealed class TensorReader(SafeTensorsFile file, string prefix, CancellationToken cancel)
{
    private readonly string prefix = file.Tensors.Keys.Any(name => name.StartsWith(prefix, StringComparison.Ordinal)) ? prefix : "";
    private readonly HashSet<string> used = [];

    public FloatMatrix Matrix(string name, int rows, int columns) => Named(prefix + name, rows, columns);

    /// <summary>A matrix of that name, or, where the file doesn't have it, of another name that never has the prefix.</summary>
    public FloatMatrix MatrixOr(string name, string other, int rows, int columns) =>
        Named(!file.Tensors.ContainsKey(prefix + name) && file.Tensors.ContainsKey(other) ? other : prefix + name, rows, columns);

    public NormWeights Norm(string name, int size) =>
        new(Read($"{prefix}{name}.weight", size), Read($"{prefix}{name}.bias", size)) { Name = prefix + name };

    /// <summary>A Conv1D, stored as [inputs, outputs], turned so that an output's weights are contiguous.</summary>
    public LinearWeights Linear(string name, int inputs, int outputs) =>
        new(Matrix(name + ".weight", inputs, outputs).Transpose(), Read($"{prefix}{name}.bias", outputs));

    /// <summary>A matrix that never has the prefix; null when the file doesn't have it.</summary>
    public FloatMatrix? Unprefixed(string name, int rows, int columns) => file.Tensors.ContainsKey(name) ? Named(name, rows, columns) : null;

    /// <summary>Refuses weights of layers that the configuration does not have, and returns the names of other tensors that nobody has asked for.</summary>
    /// <param name="layers">Layers that the configuration has.</param>
    /// <param name="layerPrefix">What stands in front of a layer's number.</param>
    /// <param name="known">Names that may be left unread.</param>
    /// <exception cref="HostException">Layers are left over.</exception>
    public IReadOnlyList<string> LeftOver(int layers, string layerPrefix, Func<string, bool> known)
    {
        var others = new List<string>();
        foreach (string name in file.Tensors.Keys.Where(name => !used.Contains(name) && !known(name)))
        {
            string[] parts = name[(name.StartsWith(prefix, StringComparison.Ordinal) ? prefix.Length : 0)..].Split('.');
            bool inLayer = parts.Length > 2 && parts[0] == layerPrefix && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int layer)
                && layer >= layers;
            if (inLayer)
                throw new HostException(
                    $"{file.Path}: tensor \"{name}\" belongs to a layer that config.json does not have (n_layer is {layers}); use the config.json of this "
                        + "checkpoint");

            others.Add(name);
        }
        return others;
    }

    private FloatMatrix Named(string name, int rows, int columns) => new(rows, columns, Read(name, rows, columns)) { Name = name };

    private float[] Read(string name, params long[] shape)
    {
        if (file.Tensors.TryGetValue(name, out TensorInfo? tensor) && !tensor.Shape.SequenceEqual(shape))
            throw new HostException(
                $"{file.Path}: tensor \"{name}\" has the shape {tensor.ShapeText} where config.json asks for [{string.Join(", ", shape)}]; use the "
                    + "config.json of this checkpoint");
        used.Add(name);
        return file.Read(name, cancel);
    }
}
