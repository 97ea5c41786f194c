namespace LoopLynx.Contract;

/// <summary>
/// A node's part of a matrix in a layer's stream. Row r of the node lies on channel r % C. A channel's rows go in groups; in front of each group are its
/// requantisation constants: 8 bytes a row, padded to whole row beats.
/// </summary>
/// <param name="Section">Where the matrix is.</param>
/// <param name="Rows">Rows of the node, over all channels.</param>
/// <param name="Columns">Weights of a row.</param>
/// <param name="GroupRows">Rows of a group: as many as divide every matrix and have room for their constants in a row beat.</param>
/// <param name="ConstantBeats">Row beats of a group's constants: 1, or 2 for row beats of 4 bytes.</param>
/// <param name="WeightBeats">Row beats of a row's weights.</param>
/// <param name="ActivationRows">Rows of the activation memory that the row is multiplied with.</param>
public readonly record struct ProductLayout(StreamSection Section, int Rows, int Columns, int GroupRows, int ConstantBeats, int WeightBeats, int ActivationRows)
{
    /// <summary>Row beats of a group with its constants.</summary>
    public int GroupBeats => ConstantBeats + (GroupRows * WeightBeats);

    /// <summary>The row beat, counted from the start of the layer, with a row's constants; the row is the channel's <paramref name="local"/>-th.</summary>
    public long ConstantBeat(int local) => Section.Offset + ((long)(local / GroupRows) * GroupBeats);

    /// <summary>The first row beat, counted from the start of the layer, of a row's weights; the row is the channel's <paramref name="local"/>-th.</summary>
    public long WeightBeat(int local) => ConstantBeat(local) + ConstantBeats + ((long)(local % GroupRows) * WeightBeats);

    /// <summary>Groups of a channel.</summary>
    public int Groups(int channels) => Rows / channels / GroupRows;
}
