namespace LoopLynx.Contract;

/// <summary>
/// The sections at the head of a layer's stream: parameters of the norms, tables of the activation function, constants of other kernels, scalars.
/// </summary>
public static class LayerConstants
{
    /// <summary>The section of the scalars.</summary>
    public const string Scalars = "Scalars";

    /// <summary>Bytes of a norm's fraction bits.</summary>
    public const int FractionBytes = 4;

    /// <summary>Bytes of epsilon, behind the fraction bits.</summary>
    public const int EpsilonBytes = 8;

    private static readonly string[] _order = [Receivers.Norm, Receivers.Unary, Receivers.Heads];

    /// <summary>Byte of epsilon in the scalars: behind the fraction bits of all norms, on a multiple of its own size.</summary>
    public static int EpsilonOffset(int norms) => ((norms * FractionBytes) + EpsilonBytes - 1) / EpsilonBytes * EpsilonBytes;

    /// <summary>Bytes of the scalars.</summary>
    public static int ScalarBytes(int norms) => EpsilonOffset(norms) + EpsilonBytes;

    /// <summary>The sections of a model's layers on a machine.</summary>
    internal static List<Section> Of(ModelDescription model, MachineShape machine)
    {
        var block = model.Block;
        var sections = block.SelectMany(step => step.Operation.Constants(step, model, machine).Concat(step.Unary is { } unary ? [unary.Table(step)] : []));
        int Place(Section section) => Array.IndexOf(_order, section.Receiver) is var at and >= 0 ? at : _order.Length;
        var norms = block.Count(s => s.Operation is Normalise);
        return [.. sections.OrderBy(Place), new Section(Scalars, SectionLookup.Stream, ScalarBytes(norms), Receivers.Scalars, Slot: 0)];
    }
}
