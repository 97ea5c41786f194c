namespace LoopLynx.Host;

/// <summary>
/// What the host computes for one kind of operation: in integers, which is what the hardware must give; in float32, for calibration and as the reference;
/// and its constants, from a checkpoint or at random. Where the values of a step go, and a function between, is not its business.
/// </summary>
public abstract class HostOperation
{
    /// <summary>When random constants are drawn, since a stream of random numbers must not change: kinds with a lower number first.</summary>
    public virtual int SyntheticOrder => 2;

    /// <summary>The step's values for one token, clipped to their formats; as many as the operation has outputs.</summary>
    public abstract int[] Golden(GoldenStep step);

    /// <summary>Fills the step's float32 output for some tokens.</summary>
    public abstract void Float(FloatStep step);

    /// <summary>Sets the step's constants from float32 weights and the ranges of activations.</summary>
    /// <returns>What the step's values count in.</returns>
    public abstract StepScale Quantise(QuantiserStep step);

    /// <summary>Sets random constants with which values use a good part of their ranges.</summary>
    public abstract void Synthesise(SyntheticStep step);
}
