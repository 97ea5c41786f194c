namespace LoopLynx.Host;

/// <summary>
/// A matrix in a layer's stream. Row r lies on channel r % C. A channel's rows go in groups; in front of each group are its
/// requantisation constants: 8 bytes a row, padded to whole beats.
/// </summary>
/// <param name="Section">Where the matrix is.</param>
/// <param name="Rows">Rows of the node, over all channels.</param>
/// <param name="Columns">Weights of a row, one byte each.</param>
/// <param name="GroupRows">Rows of a group: as many as divide every matrix and have room for their constants in a beat.</param>
/// <param name="ConstantBeats">Beats of a group's constants: 1, or 2 for L = 4.</param>
/// <param name="RowBeats">Beats of a row: columns / L.</param>
public readonly record struct MatrixSection(MemorySection Section, int Rows, int Columns, int GroupRows, int ConstantBeats, int RowBeats)
{
    /// <summary>Beats of a group with its constants.</summary>
    public int GroupBeats => ConstantBeats + GroupRows * RowBeats;

    /// <summary>The beat, counted from the start of the layer, with a row's constants; the row is the channel's <paramref name="local"/>-th.</summary>
    public long ConstantBeat(int local) => Section.Offset + (long)(local / GroupRows) * GroupBeats;

    /// <summary>The first beat, counted from the start of the layer, of a row's weights; the row is the channel's <paramref name="local"/>-th.</summary>
    public long WeightBeat(int local) => ConstantBeat(local) + ConstantBeats + (long)(local % GroupRows) * RowBeats;
}
