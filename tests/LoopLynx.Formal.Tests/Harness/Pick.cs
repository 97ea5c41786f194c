using LoopLynx.Hdl;

namespace LoopLynx.Formal.Tests.Harness;

/// <summary>The solver's free choice of a beat.</summary>
/// <param name="Now">Watch the beat that arrives in this cycle.</param>
/// <param name="Part">Which lane of it.</param>
internal sealed record Pick(Signal Now, Signal Part);
