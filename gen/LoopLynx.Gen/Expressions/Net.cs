using LoopLynx.Gen.Text;
using LoopLynx.Hdl;

namespace LoopLynx.Gen.Expressions;

/// <summary>A declared vector. It remembers which of its bits the text reads, so that the others can be named as unused on purpose.</summary>
internal sealed class Net(string name, HdlType type)
{
    /// <summary>More separate pieces than this, and the whole net is listed instead.</summary>
    private const int MaxPieces = 2;

    private readonly bool[] _read = new bool[type.Bits];

    /// <summary>Verilog name.</summary>
    public string Name { get; } = name;

    /// <summary>Type; more than one lane is a packed, unsigned vector.</summary>
    public HdlType Type { get; } = type;

    /// <summary>Whether Verilog takes the name as signed.</summary>
    public bool Signed => Type.Signed && Type.Lanes == 1;

    /// <summary>Assigned in a procedural block.</summary>
    public bool IsReg { get; set; }

    /// <summary>Whether a declaration has been printed, or will be at the start of the module.</summary>
    public bool Declared { get; set; }

    /// <summary>Attributes such as <c>(* use_dsp = "yes" *)</c>, or empty.</summary>
    public string Attribute { get; set; } = "";

    /// <summary>Where it comes from.</summary>
    public SourceLocation Location { get; init; }

    /// <summary><c>wire signed [15:0]</c></summary>
    public string Kind => (IsReg ? "reg" : "wire") + (Signed ? " signed" : "") + (Type.Bits == 1 ? "" : $" [{Type.Bits - 1}:0]");

    /// <summary>The declaration without its semicolon.</summary>
    public string Declaration => (Attribute.Length == 0 ? "" : Attribute + " ") + $"{Kind} {Name}";

    /// <summary>Notes that bits are read.</summary>
    public void Read(int low, int width) => Array.Fill(_read, true, low, width);

    /// <summary>The net as it stands.</summary>
    public Expr Whole
    {
        get
        {
            Read(0, Type.Bits);
            return new(Name, Signed);
        }
    }

    /// <summary>All bits, to take parts from.</summary>
    public Source Source => new(this, Type.Bits, 0);

    /// <summary>Prints a declaration with its value, or an assignment where the net is declared elsewhere.</summary>
    public void Drive(CodeText text, Expr value, SourceLocation at)
    {
        // Icarus drops the attributes of a declaration that has a value.
        if (!Declared && Attribute.Length > 0)
        {
            text.Line($"{Declaration};");
            Declared = true;
        }

        text.Line($"{(Declared ? $"assign {Name}" : Declaration)} = {value.Text};", at);
        Declared = true;
    }

    /// <summary>Selects of the bits that nothing reads; empty where every bit is read.</summary>
    public IReadOnlyList<string> Unread()
    {
        var pieces = new List<string>();
        for (var low = 0; low < _read.Length;)
        {
            var end = low;
            while (end < _read.Length && !_read[end])
            {
                end++;
            }

            if (end > low)
            {
                pieces.Add(end - low == _read.Length ? Name : end - low == 1 ? $"{Name}[{low}]" : $"{Name}[{end - 1}:{low}]");
            }

            low = Math.Max(end, low + 1);
        }

        return pieces.Count > MaxPieces ? [Name] : pieces;
    }
}
