namespace LoopLynx.Hdl;

/// <summary>A line of C# that made a part of the design.</summary>
/// <param name="File">Path as the compiler saw it; empty when unknown.</param>
/// <param name="Line">1-based line.</param>
public readonly record struct SourceLocation(string? File, int Line)
{
    /// <summary>Whether the location is known.</summary>
    public bool IsKnown => Line > 0 && !string.IsNullOrEmpty(File);

    /// <summary>File name without folders, so that emitted text doesn't depend on where the sources lie.</summary>
    public string ShortFile => File is null ? "?" : Path.GetFileName(File.Replace('\\', '/'));

    /// <summary><c>Mac.cs(42)</c></summary>
    public override string ToString() => IsKnown ? $"{ShortFile}({Line})" : "unknown";
}
