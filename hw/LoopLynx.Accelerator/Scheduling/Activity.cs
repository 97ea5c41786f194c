namespace LoopLynx.Accelerator;

/// <summary>What a node does in a cycle, for measurements: the breakdown of a stage.</summary>
public enum Activity
{
    /// <summary>Work moves: a beat of the stream, or a row of a pass over the residual.</summary>
    Busy,

    /// <summary>A kernel is ready for a beat that memory hasn't delivered.</summary>
    Memory,

    /// <summary>The node's own results are complete, the other nodes' aren't here yet.</summary>
    Ring,

    /// <summary>A result is on its way through a pipeline, and the next step depends on it.</summary>
    Dependency,
}
