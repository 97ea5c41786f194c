namespace LoopLynx.Gen;

/// <summary>One emitted file.</summary>
/// <param name="Name">File name without folder, for example <c>Mac.v</c>.</param>
/// <param name="Text">The whole text; lines end with a line feed.</param>
public sealed record VerilogFile(string Name, string Text);
