namespace LoopLynx.Contract;

/// <summary>A norm over the residual stream with gain and offset: gamma and beta int16 for each element.</summary>
/// <param name="Slot">Which of the kernel's parameter sets it uses, from 0.</param>
public record Normalise(int Slot) : Operation
{
    /// <summary>Bytes of an element's gamma and beta.</summary>
    public const int ElementBytes = 4;

    /// <inheritdoc/>
    public override string Text => $"normalise slot {Slot}";

    /// <inheritdoc/>
    public override IReadOnlyList<Section> Constants(Step step, ModelDescription model, MachineShape machine) =>
        [new(step.Name, SectionLookup.Stream, (long)ElementBytes * model.Embed, Receivers.Norm, Slot)];
}
