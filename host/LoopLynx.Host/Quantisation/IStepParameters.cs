namespace LoopLynx.Host;

/// <summary>The constants of one step of a block, as the golden model uses them and as they lie in memory.</summary>
public interface IStepParameters
{
    /// <summary>The bytes of a section that belongs to the step, as <c>docs/formats.md</c> has them.</summary>
    /// <param name="section">The section.</param>
    /// <param name="node">The node whose memory it is.</param>
    /// <param name="nodes">Nodes that share the model.</param>
    byte[] Bytes(Section section, int node, int nodes);
}
