namespace LoopLynx.Host;

/// <summary>Where the rows of a node's part of a matrix lie.</summary>
internal readonly struct RowPlaces(MemoryMap map, ProductLayout layout, int layer)
{
    /// <summary>The channel of a row of the node.</summary>
    public int Channel(int row) => row % map.Machine.Channels;

    /// <summary>Byte address of a row's constants.</summary>
    public long Constants(int row)
    {
        var local = row / map.Machine.Channels;
        var inGroup = (long)(local % layout.GroupRows) * map.Program.Plan.Weights.RowConstantBytes;
        return map.LayerAddress(layer) + (layout.ConstantBeat(local) * map.Machine.LayoutBeatBytes) + inGroup;
    }

    /// <summary>Byte address of a row's weights.</summary>
    public long Weights(int row) => map.LayerAddress(layer) + (layout.WeightBeat(row / map.Machine.Channels) * map.Machine.LayoutBeatBytes);
}
