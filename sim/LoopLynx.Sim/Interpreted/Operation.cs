namespace LoopLynx.Sim.Interpreted;

/// <summary>One step of an <see cref="EvaluationPlan"/>: fills the slot of one node. Only loads and memory reads look at <c>state</c>.</summary>
internal abstract unsafe class Operation
{
    public abstract void Run(byte* state);
}
