namespace LoopLynx.Contract;

/// <summary>A vector in the activation memory, whose rows hold what a slice multiplies in a cycle.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Length">Values.</param>
/// <param name="FirstRow">Its first row.</param>
/// <param name="Rows">Its rows.</param>
public sealed record ActivationVector(string Name, int Length, int FirstRow, int Rows)
{
    /// <summary>The vectors that a block writes, one behind the other in the order of their first use.</summary>
    internal static IReadOnlyList<ActivationVector> Of(IReadOnlyList<Step> block, ModelDescription model, MachineShape machine)
    {
        var buffers = new List<ActivationVector>();
        foreach (var step in block.Where(s => s.Result is not null && Buffers.IsActivation(s.Result.Buffer)))
        {
            if (buffers.All(b => b.Name != step.Result!.Buffer))
            {
                var length = step.Operation.Outputs(model);
                buffers.Add(new ActivationVector(step.Result!.Buffer, length, buffers.Sum(b => b.Rows), length / machine.ValuesPerCycle));
            }
        }

        return buffers;
    }
}
