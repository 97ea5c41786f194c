namespace LoopLynx.Fuzz.Equivalence;

/// <summary>A netlist as its text form says it, read without the classes that wrote it.</summary>
/// <param name="Modules">By name; children first in the text.</param>
/// <param name="Top">The last one.</param>
internal sealed record TextNetlist(IReadOnlyDictionary<string, TextModule> Modules, TextModule Top);

/// <summary>One module.</summary>
internal sealed class TextModule(string name)
{
    public string Name { get; } = name;

    public List<TextPort> Inputs { get; } = [];

    public List<TextPort> Outputs { get; } = [];

    public List<TextMemory> Memories { get; } = [];

    public Dictionary<string, TextInstance> Instances { get; } = [];

    public Dictionary<int, TextNode> Nodes { get; } = [];
}

/// <summary>Lanes of equal width, lane 0 in the low bits.</summary>
internal readonly record struct TextType(int Width, bool Signed, int Lanes)
{
    public int Bits => Width * Lanes;
}

/// <summary>A reset: <c>clk</c> goes with <c>rst</c>; others are written <c>clock:reset</c>, with <c>:async</c> and <c>:low</c>.</summary>
internal readonly record struct TextReset(string Port, bool Asynchronous, bool Low)
{
    public static TextReset Of(string domain) => domain.Split(':') is [_, var port, .. var kinds]
        ? new TextReset(port, kinds.Contains("async"), kinds.Contains("low"))
        : new TextReset("rst", false, false);
}

/// <summary>A port and its node.</summary>
internal sealed record TextPort(string Name, TextType Type, int Node);

/// <summary>A memory; rows that <paramref name="Initial"/> doesn't give are 0.</summary>
internal sealed record TextMemory(string Name, int Depth, TextType Row, IReadOnlyList<string[]> Initial, IReadOnlyList<TextWrite> Writes);

/// <summary>A write port: nodes of address, data, enable and mask (null: none).</summary>
internal sealed record TextWrite(int Address, int Data, int Enable, int? Mask);

/// <summary>An instance: the parent's node of every input.</summary>
internal sealed record TextInstance(string Name, string Module, IReadOnlyDictionary<string, int> Inputs);

/// <summary>A node: its kind, the words and lists that belong to the kind, its operands, its name or null.</summary>
internal sealed record TextNode(int Id, TextType Type, string Kind, IReadOnlyList<string> Words, IReadOnlyList<string[]> Lists, IReadOnlyList<int> Operands, string? Name);
