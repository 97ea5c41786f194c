namespace LoopLynx.Contract;

/// <summary>
/// Scores, softmax and mixing of all heads over the positions so far; keys and values of the current token are appended to the cache meanwhile.
/// </summary>
public sealed record Attend : Operation
{
    /// <summary>Bytes of a head's constants: the multipliers of its scores and of its context.</summary>
    public const int HeadConstantBytes = 8;

    /// <summary>The section of the heads' constants.</summary>
    public const string HeadConstants = "HeadConstants";

    /// <inheritdoc/>
    public override string Text => "attend";

    /// <inheritdoc/>
    public override IReadOnlyList<Section> Constants(Step step, ModelDescription model, MachineShape machine) =>
        [new(HeadConstants, SectionLookup.Stream, (long)HeadConstantBytes * (model.QueryHeads / machine.Nodes), Receivers.Heads, Slot: 0)];

    /// <inheritdoc/>
    public override int Outputs(ModelDescription model) => model.QueryHeads * model.HeadWidth;

    /// <inheritdoc/>
    public override int Inputs(ModelDescription model) => model.HeadRows.Rows;
}
