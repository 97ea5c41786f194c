using System.Text;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>Text of the generated code.</summary>
internal sealed class CSharpWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Statements and declarations written so far.</summary>
    public int Lines { get; private set; }

    public void Line(string line)
    {
        _text.Append(' ', _depth * 2).Append(line).Append('\n');
        Lines++;
    }

    /// <summary>The place after what has been written; text before it must not change any more.</summary>
    public int Mark() => _text.Length;

    /// <summary>Writes lines at an earlier place of the same depth.</summary>
    public void Insert(int mark, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        _text.Insert(mark, string.Concat(all.Select(line => $"{new string(' ', _depth * 2)}{line}\n")));
        Lines += all.Length;
    }

    public void Open(string head)
    {
        Line(head);
        Line("{");
        _depth++;
    }

    public void Close(string tail = "")
    {
        _depth--;
        Line("}" + tail);
    }

    public override string ToString() => _text.ToString();
}
