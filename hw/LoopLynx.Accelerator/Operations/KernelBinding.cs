namespace LoopLynx.Accelerator;

/// <summary>
/// How an operation of the layer program becomes hardware, and how long it takes. Operations whose bindings name the same kernel share it: it is built once,
/// for the steps of all of them.
/// </summary>
public abstract record KernelBinding
{
    /// <summary>Name of the kernel.</summary>
    public abstract string Kernel { get; }

    /// <summary>Builds the kernel into a node: it takes what it needs from the node's rooms, and gives its results and the ends of its steps to them.</summary>
    /// <param name="node">The node's rooms.</param>
    /// <param name="steps">The steps that the kernel serves.</param>
    public abstract void Build(NodeRooms node, IReadOnlyList<ProgramStep> steps);

    /// <summary>Cycles of a step with an ideal memory, from its first cycle to the next step's; takes its part of the weight stream.</summary>
    /// <param name="walk">The token so far.</param>
    /// <param name="step">The step.</param>
    public abstract long Cycles(LatencyWalk walk, ProgramStep step);
}
