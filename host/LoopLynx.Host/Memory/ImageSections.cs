namespace LoopLynx.Host;

/// <summary>The sections of a layer's stream as the program has them, and the step of the block that each section of constants belongs to.</summary>
internal sealed class ImageSections
{
    private readonly Dictionary<string, Step> _owners = [];

    public ImageSections(MemoryMap map)
    {
        var (model, machine) = (map.Program.Model, map.Machine);
        Map = map;
        Streamed = [.. map.Program.EachLayer.SelectMany(step => step.Reads).Where(read => read.Lookup == SectionLookup.Stream)];
        Norms = [.. model.Block.Where(step => step.Operation is Normalise)];
        foreach (var step in model.Block)
        {
            foreach (var section in step.Operation.Constants(step, model, machine))
            {
                _owners.Add(section.Name, step);
            }

            if (step.Unary is { } unary)
            {
                _owners.Add(unary.Table(step).Name, step);
            }
        }
    }

    /// <summary>Where everything lies.</summary>
    public MemoryMap Map { get; }

    /// <summary>The sections, in the order of the stream.</summary>
    public IReadOnlyList<Section> Streamed { get; }

    /// <summary>The norms of a block, by slot.</summary>
    public IReadOnlyList<Step> Norms { get; }

    /// <summary>The step that a section of constants belongs to.</summary>
    public Step Owner(string section) => _owners[section];

    /// <summary>The super-beats of a section of a layer.</summary>
    public SuperBeats Beats(IMemoryContents memory, int layer, string section) =>
        new(memory, 0, Map.Machine.Channels, Map.Machine.LayoutBeatBytes, Map.LayerAddress(layer) + (Map[section].Offset * Map.Machine.LayoutBeatBytes));
}
