using System.Text;
using LoopLynx.Hdl;

namespace LoopLynx.Gen.Text;

/// <summary>Lines of Verilog with their indentation. Text with line feeds becomes several lines.</summary>
internal sealed class CodeText
{
    private const string Step = "    ";
    private static readonly string[] ToolNames = ["verilator", "synopsys", "synthesis", "cadence", "pragma"];
    private readonly List<string> _lines = [];
    private int _indent;

    /// <summary>Whether nothing has been written.</summary>
    public bool IsEmpty => _lines.Count == 0;

    /// <summary>Adds text; a known location becomes a trailing comment.</summary>
    public void Line(string text, SourceLocation at = default)
    {
        var parts = (text + Comment(at)).Split('\n');
        foreach (var part in parts)
        {
            _lines.Add(part.Length == 0 ? "" : string.Concat(Enumerable.Repeat(Step, _indent)) + part);
        }
    }

    /// <summary>An empty line, unless the text starts here or the last line is empty already.</summary>
    public void Gap()
    {
        if (_lines.Count > 0 && _lines[^1].Length > 0)
        {
            _lines.Add("");
        }
    }

    /// <summary>Opens a block: the lines that follow are indented.</summary>
    public void Open(string text, SourceLocation at = default)
    {
        Line(text, at);
        _indent++;
    }

    /// <summary>Ends a block.</summary>
    public void Close(string text)
    {
        _indent--;
        Line(text);
    }

    /// <summary>Ends a block and opens the next on the same line, as in <c>end else begin</c>.</summary>
    public void Next(string text, SourceLocation at = default)
    {
        _indent--;
        Open(text, at);
    }

    /// <summary>Adds finished text at the present indentation.</summary>
    public void Append(CodeText other)
    {
        foreach (var line in other._lines)
        {
            Line(line);
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var line in _lines)
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    /// <summary><c>  // Mac.cs:42</c>, or nothing where the location is unknown.</summary>
    // Tools take a comment that begins with their own name for an instruction, as in "verilator lint_off".
    private static string Comment(SourceLocation at) => !at.IsKnown ? ""
        : ToolNames.Any(tool => at.ShortFile.StartsWith(tool, StringComparison.OrdinalIgnoreCase)) ? $"  // in {at.ShortFile}:{at.Line}"
        : $"  // {at.ShortFile}:{at.Line}";
}
