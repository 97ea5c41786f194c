using System.Collections.Immutable;

namespace LoopLynx.Hdl;

/// <summary>All mistakes of a design, thrown once at the end of elaboration.</summary>
public sealed class DesignException(ImmutableArray<Diagnostic> diagnostics)
    : HdlException(string.Join('\n', diagnostics), diagnostics[0].Code, true)
{
    /// <summary>The mistakes, in the order in which they were found.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; } = diagnostics;
}
