namespace LoopLynx.Host;

/// <summary>How the models of one family are stored: the fields of their configuration, and the tensor of every matrix and norm.</summary>
internal interface ICheckpointFamily
{
    /// <summary>The family's name in <c>config.json</c>.</summary>
    string Name { get; }

    /// <summary>Reads what the configuration says.</summary>
    /// <param name="json">The configuration.</param>
    /// <param name="path">Where it is, for errors.</param>
    /// <exception cref="HostException">A field is missing, or asks for what can't be run.</exception>
    CheckpointConfig ReadConfig(JsonObjectFile json, string path);

    /// <summary>Opens the tensors of a file.</summary>
    TensorReader Open(SafeTensorsFile file, CancellationToken cancel);

    /// <summary>The token embedding, <c>[vocabulary, E]</c>.</summary>
    FloatMatrix TokenEmbedding(TensorReader reader, ModelDescription model);

    /// <summary>The position embedding, <c>[context, E]</c>.</summary>
    FloatMatrix PositionEmbedding(TensorReader reader, ModelDescription model);

    /// <summary>The weights of a block, by the names of the block's description.</summary>
    BlockWeights Block(TensorReader reader, ModelDescription model, int layer);

    /// <summary>The norm in front of the LM head.</summary>
    NormWeights FinalNorm(TensorReader reader, ModelDescription model);

    /// <summary>Names of tensors that nobody has asked for.</summary>
    /// <exception cref="HostException">The file holds layers that the configuration doesn't have.</exception>
    IReadOnlyList<string> LeftOver(TensorReader reader, ModelDescription model);

    /// <summary>A separate LM head, <c>[vocabulary, E]</c>; null when the file has none.</summary>
    FloatMatrix? LmHead(TensorReader reader, ModelDescription model);
}
