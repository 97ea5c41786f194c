namespace LoopLynx.Sim.Compiled;

/// <summary>What building the simulator of a design cost.</summary>
/// <param name="Values">Operations after sharing equal ones.</param>
/// <param name="Lines">Lines of generated C#.</param>
/// <param name="SourceBytes">Size of the generated C#.</param>
/// <param name="ImageBytes">Size of the compiled assembly.</param>
/// <param name="StateBytes">Size of the state block and private memory.</param>
/// <param name="Generate">Time from the design to C#.</param>
/// <param name="Compile">Time of the C# compiler.</param>
/// <param name="Load">Time to load the code.</param>
public sealed record CompiledStatistics(int Values, int Lines, int SourceBytes, int ImageBytes, int StateBytes, TimeSpan Generate, TimeSpan Compile, TimeSpan Load);
