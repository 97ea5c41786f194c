namespace LoopLynx.Accelerator.Tests.Programs;

/// <summary>GPT-2's block with a third norm, whose output the first feed-forward product reads in place of the second one's.</summary>
internal sealed record ThirdNormFamily : Family
{
    public override string Name => "third-norm";

    public override IReadOnlyList<Step> Block(ModelDescription model)
    {
        var block = new Gpt2Family().Block(model).ToList();
        var up = block.FindIndex(s => s.Name == "FeedForward1");
        block[up] = block[up] with { From = "third" };
        block.Insert(up, new Step("Norm3", new Normalise(Slot: 2), Places.Residual, new Result("third", [ValueKind.Activation])));
        return block;
    }
}
