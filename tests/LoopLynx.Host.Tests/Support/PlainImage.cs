namespace LoopLynx.Host.Tests;

/// <summary>
/// The weight stream once more, written straight from docs/formats.md: bytes are appended in the order of the stream, and no address
/// is computed.
/// </summary>
internal sealed class PlainImage
{
    private readonly List<byte>[] channels;
    private readonly int lanes;
    private readonly int groupRows;

    private PlainImage(int channelCount, int lanes, int groupRows)
    {
        channels = [.. Enumerable.Range(0, channelCount).Select(_ => new List<byte>())];
        this.lanes = lanes;
        this.groupRows = groupRows;
    }

    /// <summary>The stream of each channel of one node of a GPT-2, without the KV cache.</summary>
    public static byte[][] Build(QuantizedModel model, int channels, int lanes, int nodes = 1, int node = 0) =>
        Build(model, ["Norm1", "Norm2"], ["FeedForward1"], ["QKV", "O", "FC1", "FC2"], channels, lanes, nodes, node);

    /// <summary>The same for any block, whose norms, tables and matrices are named in the order of its steps.</summary>
    public static byte[][] Build(QuantizedModel model, string[] norms, string[] tables, string[] matrices, int channels, int lanes, int nodes = 1, int node = 0)
    {
        // As many rows share a beat of constants as fit, and as divide a channel's rows of every matrix: sizes that fit are tried from the top.
        int[] sizes = [.. matrices.Select(matrix => model.Layers[0].Matrix(matrix).Rows / nodes / channels)];
        int groupRows = Enumerable.Range(1, Math.Max(1, lanes / 8)).Last(rows => Math.Max(1, lanes / 8) % rows == 0 && sizes.All(size => size % rows == 0));
        var image = new PlainImage(channels, lanes, groupRows);
        foreach (QuantizedLayer layer in model.Layers)
        {
            foreach (string norm in norms)
                image.Constants(layer.Norm(norm).Gamma.Zip(layer.Norm(norm).Beta).SelectMany(pair => Pair(pair.First, pair.Second)));
            foreach (string table in tables)
                image.Constants(layer.Table(table).Bases.Zip(layer.Table(table).Slopes).SelectMany(pair => Pair(pair.First, pair.Second)));
            int heads = layer.Attention("Attention").Heads.Length / nodes;
            image.Constants(layer.Attention("Attention").Heads.Skip(node * heads).Take(heads).SelectMany(head => Factor(head.Score).Concat(Factor(head.Context))));
            byte[] fractions = [.. norms.SelectMany(norm => Word(layer.Norm(norm).GammaBits, 4)), .. norms.Length % 2 == 0 ? [] : Word(0, 4)];
            image.Constants([.. fractions, .. Word((long)layer.Norm(norms[0]).Epsilon, 8)]);
            foreach (string matrix in matrices)
                image.Matrix(layer.Matrix(matrix), nodes, node);
        }
        return [.. image.channels.Select(channel => channel.ToArray())];
    }

    private static byte[] Pair(short first, short second) => [.. Word(first, 2), .. Word(second, 2)];

    private static byte[] Word(long value, int bytes) => [.. Enumerable.Range(0, bytes).Select(i => (byte)(value >> (8 * i)))];

    private static byte[] Factor(Multiplier multiplier) => Word(multiplier.Value + multiplier.Shift * 131072L, 4);

    private void Constants(IEnumerable<byte> bytes)
    {
        byte[][] superBeats = [.. bytes.Chunk(channels.Length * lanes)];
        foreach (byte[] superBeat in superBeats)
            for (int i = 0; i < channels.Length * lanes; i++)
                channels[i / lanes].Add(i < superBeat.Length ? superBeat[i] : (byte)0);
    }

    private void Matrix(QuantizedMatrix matrix, int nodes, int node)
    {
        int rows = matrix.Rows / nodes;
        for (int channel = 0; channel < channels.Length; channel++)
        {
            IEnumerable<int> dealt = Enumerable.Range(0, rows).Where(r => r % channels.Length == channel).Select(r => node * rows + r);
            foreach (int[] group in dealt.Chunk(groupRows))
            {
                foreach (int row in group)
                    channels[channel].AddRange([.. Word(matrix.Bias[row], 4), .. Factor(matrix.Scale[row])]);

                // Constants take whole beats.
                while (channels[channel].Count % lanes != 0)
                    channels[channel].Add(0);
                foreach (int row in group)
                    channels[channel].AddRange(matrix.Row(row).ToArray().Select(w => (byte)w));
            }
        }
    }
}
