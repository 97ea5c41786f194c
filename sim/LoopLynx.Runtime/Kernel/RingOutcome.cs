using LoopLynx.Accelerator;
using LoopLynx.Sim;

namespace LoopLynx.Runtime;

/// <summary>How a token of several nodes has ended.</summary>
public static class RingOutcome
{
    /// <summary>The node where a fault began: one whose ring has ended, or fallen silent, follows another's. Null: there is none.</summary>
    /// <param name="faults">How each node has ended.</param>
    public static int? Cause(IReadOnlyList<KernelFault> faults)
    {
        static int Rank(KernelFault fault) => fault switch
        {
            KernelFault.RingEnded => 2,
            KernelFault.RingSilent => 1,
            _ => 0,
        };
        return Enumerable.Range(0, faults.Count).Where(i => faults[i] != KernelFault.None).OrderBy(i => Rank(faults[i])).Cast<int?>().FirstOrDefault();
    }

    /// <summary>All nodes leave the same hidden state.</summary>
    /// <param name="states">[node][embed].</param>
    /// <param name="position">The token's position.</param>
    /// <exception cref="SimulationException">One has another.</exception>
    public static void CheckAlike(IReadOnlyList<int[]> states, int position)
    {
        for (var node = 1; node < states.Count; node++)
        {
            if (!states[node].AsSpan().SequenceEqual(states[0]))
            {
                throw new SimulationException($"node {node} has another hidden state than node 0 at position {position}");
            }
        }
    }
}
