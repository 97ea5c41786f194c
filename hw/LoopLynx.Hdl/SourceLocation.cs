using System.Diagnostics;

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

    /// <summary><c>Mac.cs(42,9)</c>: caller information has no column, so the start of the statement is read from the source where it is at hand.</summary>
    internal string WithColumn()
    {
        var text = System.IO.File.Exists(File) ? System.IO.File.ReadLines(File!).Skip(Line - 1).FirstOrDefault() ?? "" : "";
        return $"{ShortFile}({Line},{text.Length - text.TrimStart().Length + 1})";
    }

    /// <summary>The nearest caller outside this library, also not in a class marked <see cref="StackTraceHiddenAttribute"/>. Only for errors: a stack trace costs microseconds.</summary>
    internal static SourceLocation OfUser()
    {
        foreach (var frame in new StackTrace(fNeedFileInfo: true).GetFrames())
        {
            var type = frame.GetMethod()?.DeclaringType;
            if (frame.GetFileName() is { } file && type?.Assembly != typeof(SourceLocation).Assembly && type?.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false) != true)
            {
                return new SourceLocation(file, frame.GetFileLineNumber());
            }
        }

        return default;
    }
}
