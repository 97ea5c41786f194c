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

    /// <summary>The stream of each channel of one node, without the KV cache.</summary>
    public static byte[][] Build(QuantizedModel model, int channels, int lanes, int nodes = 1, int node = 0)
    {
        // As many rows share a beat of constants as fit, and as divide a channel's rows of every matrix: sizes that fit are tried from the top.
        int[] sizes = [.. Matrices(model.Layers[0]).Select(matrix => matrix.Rows / nodes / channels)];
        int groupRows = Enumerable.Range(1, Math.Max(1, lanes / 8)).Last(rows => Math.Max(1, lanes / 8) % rows == 0 && sizes.All(size => size % rows == 0));
        var image = new PlainImage(channels, lanes, groupRows);
        foreach (QuantizedLayer layer in model.Layers)
        {
            image.Constants(layer.Norm("Norm1").Gamma.Zip(layer.Norm("Norm1").Beta).SelectMany(pair => Pair(pair.First, pair.Second)));
            image.Constants(layer.Norm("Norm2").Gamma.Zip(layer.Norm("Norm2").Beta).SelectMany(pair => Pair(pair.First, pair.Second)));
            image.Constants(layer.Table("FeedForward1").Bases.Zip(layer.Table("FeedForward1").Slopes).SelectMany(pair => Pair(pair.First, pair.Second)));
            int heads = layer.Attention("Attention").Heads.Length / nodes;
            image.Constants(layer.Attention("Attention").Heads.Skip(node * heads).Take(heads).SelectMany(head => Factor(head.Score).Concat(Factor(head.Context))));
            image.Constants([.. Word(layer.Norm("Norm1").GammaBits, 4), .. Word(layer.Norm("Norm2").GammaBits, 4), .. Word((long)layer.Norm("Norm1").Epsilon, 8)]);
            foreach (QuantizedMatrix matrix in Matrices(layer))
                image.Matrix(matrix, nodes, node);
        }
        return [.. image.channels.Select(channel => channel.ToArray())];
    }

    private static QuantizedMatrix[] Matrices(QuantizedLayer layer) => [layer.Matrix("QKV"), layer.Matrix("O"), layer.Matrix("FC1"), layer.Matrix("FC2")];

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
