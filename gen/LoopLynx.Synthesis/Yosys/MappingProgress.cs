namespace LoopLynx.Synthesis.Yosys;

/// <summary>Where a mapping stands.</summary>
/// <param name="Module">The module that has just been mapped, or found in the cache.</param>
/// <param name="Done">Modules so far.</param>
/// <param name="All">Modules in all.</param>
public readonly record struct MappingProgress(string Module, int Done, int All);
