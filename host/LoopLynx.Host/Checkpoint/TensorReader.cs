namespace LoopLynx.Host;

/// <summary>Reads tensors by their short names, with the prefix that the file uses or without, and checks their shapes.</summary>
/// <param name="file">The file.</param>
/// <param name="prefix">What may stand in front of every name.</param>
/// <param name="known">A name that every file has, with the prefix or without.</param>
/// <param name="cancel">Ends the reading between tensors, and inside large ones.</param>
internal sealed class TensorReader(SafeTensorsFile file, string prefix, string known, CancellationToken cancel)
{
    private readonly string prefix = file.Tensors.ContainsKey(prefix + known) ? prefix : "";

    public FloatMatrix Matrix(string name, int rows, int columns) => new(rows, columns, Read(prefix + name, rows, columns));

    public NormWeights Norm(string name, int size) =>
        new(Read($"{prefix}{name}.weight", size), Read($"{prefix}{name}.bias", size));

    /// <summary>A Conv1D, stored as [inputs, outputs], turned so that an output's weights are contiguous.</summary>
    public LinearWeights Linear(string name, int inputs, int outputs) =>
        new(Matrix(name + ".weight", inputs, outputs).Transpose(), Read($"{prefix}{name}.bias", outputs));

    /// <summary>A matrix that never has the prefix; null when the file doesn't have it.</summary>
    public FloatMatrix? Unprefixed(string name, int rows, int columns) =>
        file.Tensors.ContainsKey(name) ? new FloatMatrix(rows, columns, Read(name, rows, columns)) : null;

    private float[] Read(string name, params long[] shape)
    {
        if (file.Tensors.TryGetValue(name, out TensorInfo? tensor) && !tensor.Shape.SequenceEqual(shape))
            throw new HostException($"{file.Path}: tensor \"{name}\" has the shape {tensor.ShapeText} where config.json asks for [{string.Join(", ", shape)}]; use the config.json of this checkpoint");
        return file.Read(name, cancel);
    }
}
