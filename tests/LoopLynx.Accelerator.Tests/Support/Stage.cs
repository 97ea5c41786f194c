namespace LoopLynx.Accelerator.Tests.Support;

/// <summary>GPT-2's steps with their numbers, told plainly: what the layer program of that family must come to.</summary>
public enum Stage
{
    Idle,
    Load,
    Constants,
    Norm1,
    Qkv,
    Attention,
    Project,
    Norm2,
    FeedForward1,
    FeedForward2,
    Flush,
    Emit,
}
