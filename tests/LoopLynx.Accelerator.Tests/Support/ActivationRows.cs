namespace LoopLynx.Accelerator.Tests.Support;

/// <summary>Where GPT-2's two vectors lie in the activation memory, told plainly: norm outputs and contexts first, outputs of the activation function behind them.</summary>
internal static class ActivationRows
{
    public const int Vector = 0;

    public static int Hidden(NodeConfiguration c) => c.Embed / c.SliceLanes;
}
