namespace LoopLynx.InputFuzz;

/// <summary>The files of a checkpoint, as bytes that a mutation changes.</summary>
/// <param name="Config"><c>config.json</c>.</param>
/// <param name="Weights"><c>model.safetensors</c>.</param>
/// <param name="Vocabulary"><c>vocab.json</c>.</param>
/// <param name="Merges"><c>merges.txt</c>.</param>
public sealed record ModelFiles(byte[] Config, byte[] Weights, byte[] Vocabulary, byte[] Merges)
{
    /// <summary>Writes them into a folder; a file without bytes is left out.</summary>
    public void Write(string folder)
    {
        foreach (var (name, bytes) in new[] { ("config.json", Config), ("model.safetensors", Weights), ("vocab.json", Vocabulary), ("merges.txt", Merges) })
        {
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }
    }
}
