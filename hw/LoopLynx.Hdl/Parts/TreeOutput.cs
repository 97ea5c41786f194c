namespace LoopLynx.Hdl;

/// <summary>What comes out of a <see cref="PipelinedTree"/>.</summary>
/// <param name="Valid">There is a value.</param>
/// <param name="Value">One lane for each group.</param>
/// <param name="Beside">What travelled along; it belongs to the value.</param>
public sealed record TreeOutput<T>(Signal Valid, Signal Value, T Beside);
