namespace LoopLynx.Host;

/// <summary>Reads GPT-2's tensors by their short names, with or without the prefix <c>transformer.</c>, and checks their shapes.</summary>
internal sealed class TensorReader(SafeTensorsFile file, CancellationToken cancel)
{
    private readonly string prefix = file.Tensors.ContainsKey("transformer.wte.weight") ? "transformer." : "";

    public FloatMatrix Matrix(string name, int rows, int columns) => new(rows, columns, Read(prefix + name, rows, columns));

    public NormWeights Norm(string name, int size) =>
        new(Read($"{prefix}{name}.weight", size), Read($"{prefix}{name}.bias", size));

    /// <summary>A Conv1D, stored as [inputs, outputs], turned so that an output's weights are contiguous.</summary>
    public LinearWeights Linear(string name, int inputs, int outputs) =>
        new(Matrix(name + ".weight", inputs, outputs).Transpose(), Read($"{prefix}{name}.bias", outputs));

    /// <summary>The untied LM head, which never has the prefix; null when the file has none.</summary>
    public FloatMatrix? LmHead(int vocab, int embed) =>
        file.Tensors.ContainsKey("lm_head.weight") ? new FloatMatrix(vocab, embed, Read("lm_head.weight", vocab, embed)) : null;

    private float[] Read(string name, params long[] shape)
    {
        if (file.Tensors.TryGetValue(name, out TensorInfo? tensor) && !tensor.Shape.SequenceEqual(shape))
            throw new HostException($"{file.Path}: tensor \"{name}\" has the shape {tensor.ShapeText} where config.json asks for [{string.Join(", ", shape)}]; use the config.json of this checkpoint");
        return file.Read(name, cancel);
    }
}
