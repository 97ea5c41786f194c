using LoopLynx.Accelerator;

namespace LoopLynx.Runtime;

/// <summary>How a start of a kernel has ended.</summary>
/// <param name="Node">The kernel's number on the ring, from 0.</param>
/// <param name="Fault">What has ended it.</param>
/// <param name="Channel">The channel that it concerns; the host's is behind the memory's, and the ring behind the host's.</param>
/// <param name="Stage">The step that ran.</param>
/// <param name="Address">The address on the channel's port; of the ring the flits that had come.</param>
/// <param name="TokenCycles">Cycles of the token, as the kernel counts them.</param>
/// <param name="Cycles">Cycles from the written start to the interrupt.</param>
/// <param name="Words">The report in the buffer of results.</param>
public sealed record KernelReport(int Node, KernelFault Fault, int Channel, int Stage, ulong Address, uint TokenCycles, long Cycles, IReadOnlyList<uint> Words)
{
    /// <summary>A word of the report.</summary>
    /// <param name="c">The kernel's configuration.</param>
    /// <param name="name">The word, as <see cref="KernelReportWords"/> names it.</param>
    /// <exception cref="ArgumentOutOfRangeException">No word is named so.</exception>
    public uint Word(NodeConfiguration c, string name) => Words[KernelReportWords.Index(c, name)];

    /// <summary>Cycles of the steps.</summary>
    /// <param name="c">The kernel's configuration.</param>
    public StageCycles Stages(NodeConfiguration c)
    {
        var stages = new StageCycles(c.Program);
        foreach (var step in c.Program.Steps)
        {
            stages.Take(step.Name, Word(c, $"cycles{step.Name}"));
        }

        return stages;
    }
}
