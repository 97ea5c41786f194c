using System.Globalization;
using System.Numerics;
using System.Text;

namespace LoopLynx.Fuzz.Equivalence;

/// <summary>
/// The next state and the outputs of a netlist as definitions over its present state and inputs, instances opened up. A state is a register, a row of a memory
/// or the row that a synchronous read port holds; it has a path, <c>child.count</c> or <c>child.rows[3]</c>.
/// </summary>
/// <param name="netlist">The netlist.</param>
/// <param name="present">
/// Term of the present value of a state or of an input of the top (one vector), from its path and bits. Null for a row of a memory: it is taken to have its power-up value.
/// </param>
internal sealed class Transition(TextNetlist netlist, Func<string, int, string?> present)
{
    private readonly StringBuilder _definitions = new();
    private readonly Dictionary<(string Path, int Node), string> _terms = [];
    private readonly Dictionary<string, string> _rows = [];
    private readonly HashSet<(string Path, string Name)> _seen = [];
    private readonly Queue<Action> _pending = [];
    private int _count;

    /// <summary>All <c>define-fun</c> lines made so far.</summary>
    public string Definitions => _definitions.ToString();

    /// <summary>Every state with its bits, next value, power-up value, and the reset that overrides it at once.</summary>
    public List<(string Path, int Bits, string Next, string Initial, TextReset? Asynchronous)> States { get; } = [];

    /// <summary>Rows that the Verilog may have past the end of a memory, up to a power of two, with their bits.</summary>
    public List<(string Path, int Bits)> Spare { get; } = [];

    /// <summary>Every output of the top with its bits and value.</summary>
    public List<(string Path, int Bits, string Value)> Outputs { get; } = [];

    /// <summary>Fills <see cref="States"/> and <see cref="Outputs"/>. Memories and read ports that nothing looks at are left out, as in the Verilog.</summary>
    public void Build()
    {
        var top = new Place(netlist.Top, "", null, null);
        Outputs.AddRange(netlist.Top.Outputs.Select(o => (o.Name, o.Type.Bits, Term(top, o.Node))));
        AddRegisters(top);
        while (_pending.TryDequeue(out var add))
        {
            add();
        }
    }

    private void AddRegisters(Place place)
    {
        foreach (var node in place.Module.Nodes.Values.Where(n => n.Kind == "register"))
        {
            var next = Term(place, node.Operands[0]);
            var initial = Values(node.Lists[0], node.Type);
            TextReset? reset = node.Words.Contains("reset") ? TextReset.Of(node.Words[0]) : null;
            Add(place, node, reset is { } r ? BitVectors.Choose(IsAsserted(r, Known(r.Port, 1)), initial, next) : next, initial, reset is { Asynchronous: true } ? reset : null);
        }

        foreach (var instance in place.Module.Instances.Values)
        {
            AddRegisters(Inside(place, instance.Name));
        }
    }

    private void AddRead(Place place, TextNode node)
    {
        var row = AddressedRow(place, node);
        Add(place, node, node.Operands.Count > 1 ? BitVectors.Choose(BitVectors.IsOne(Term(place, node.Operands[1])), row, State(place, node)) : row, BitVectors.Constant(0, node.Type.Bits));
    }

    private void AddMemory(Place place, TextMemory memory)
    {
        for (var i = 0; i < memory.Depth; i++)
        {
            States.Add((RowPath(place, memory, i), memory.Row.Bits, Written(place, memory, i), Initial(memory, i), null));
        }

        for (var i = memory.Depth; i < (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, memory.Depth)); i++)
        {
            Spare.Add((RowPath(place, memory, i), memory.Row.Bits));
        }
    }

    /// <summary>Whether a reset is on, from the term of its port.</summary>
    public static string IsAsserted(TextReset reset, string port) => $"(= {port} {(reset.Low ? "#b0" : "#b1")})";

    private void Add(Place place, TextNode node, string next, string initial, TextReset? asynchronous = null) =>
        States.Add((place.Path + Named(node), node.Type.Bits, next, initial, asynchronous));

    private Place Inside(Place place, string instance)
    {
        var inner = place.Module.Instances[instance];
        return new Place(netlist.Modules[inner.Module], $"{place.Path}{instance}.", place, inner);
    }

    private string Term(Place place, int id)
    {
        if (_terms.TryGetValue((place.Path, id), out var known))
        {
            return known;
        }

        var node = place.Module.Nodes[id];
        var term = node.Kind switch
        {
            "input" => place.Parent is { } parent ? Term(parent, place.Instance!.Inputs[InputName(place, id)]) : Known(InputName(place, id), node.Type.Bits),
            "register" => State(place, node),
            "read" when node.Words.Count > 1 => State(place, node),
            "read" => AddressedRow(place, node),
            "of" => Output(Inside(place, node.Words[0]), node.Words[1]),
            _ => Operations.Term(node, [.. node.Operands.Select(o => (Term(place, o), place.Module.Nodes[o].Type))]),
        };
        return _terms[(place.Path, id)] = Define(term, node.Type.Bits);
    }

    private string Output(Place place, string port) => Term(place, place.Module.Outputs.First(o => o.Name == port).Node);

    private string State(Place place, TextNode node)
    {
        if (node.Kind == "read" && _seen.Add((place.Path, node.Name!)))
        {
            _pending.Enqueue(() => AddRead(place, node));
        }

        return Known(place.Path + Named(node), node.Type.Bits);
    }

    // Past the end a read gives 0.
    private string AddressedRow(Place place, TextNode read)
    {
        var memory = place.Module.Memories.First(m => m.Name == read.Words[0]);
        var address = Term(place, read.Operands[0]);
        var width = place.Module.Nodes[read.Operands[0]].Type.Width;
        var term = BitVectors.Constant(0, memory.Row.Bits);
        for (var i = memory.Depth - 1; i >= 0; i--)
        {
            if (i < BigInteger.One << width)
            {
                term = BitVectors.Choose($"(= {address} {BitVectors.Constant(i, width)})", Present(place, memory, i), term);
            }
        }

        return term;
    }

    private string Present(Place place, TextMemory memory, int row)
    {
        if (memory.Writes.Count == 0)
        {
            return Initial(memory, row);
        }

        if (_seen.Add((place.Path, memory.Name)))
        {
            _pending.Enqueue(() => AddMemory(place, memory));
        }

        var path = RowPath(place, memory, row);
        return _rows.TryGetValue(path, out var term) ? term : _rows[path] = Define(present(path, memory.Row.Bits) ?? Initial(memory, row), memory.Row.Bits);
    }

    // The later of two writes wins.
    private string Written(Place place, TextMemory memory, int row)
    {
        var term = Present(place, memory, row);
        foreach (var write in memory.Writes)
        {
            var width = place.Module.Nodes[write.Address].Type.Width;
            if (row >= BigInteger.One << width)
            {
                continue;
            }

            var hit = $"(and {BitVectors.IsOne(Term(place, write.Enable))} (= {Term(place, write.Address)} {BitVectors.Constant(row, width)}))";
            var data = Term(place, write.Data);
            var type = memory.Row;
            var value = write.Mask is not { } mask ? data : BitVectors.Join([.. Enumerable.Range(0, type.Lanes)
                .Select(lane => BitVectors.Choose(BitVectors.IsOne(BitVectors.Lane(Term(place, mask), new TextType(1, false, type.Lanes), lane)),
                    BitVectors.Lane(data, type, lane), BitVectors.Lane(term, type, lane)))]);
            term = Define(BitVectors.Choose(hit, value, term), type.Bits);
        }

        return term;
    }

    private string Known(string path, int bits) => present(path, bits) ?? throw new FormatException($"the Verilog has no '{path}'");

    private string Define(string term, int bits)
    {
        var name = $"n{_count++}";
        _definitions.Append(CultureInfo.InvariantCulture, $"(define-fun {name} () {BitVectors.Sort(bits)} {term})\n");
        return name;
    }

    private static string Initial(TextMemory memory, int row) =>
        row < memory.Initial.Count ? Values(memory.Initial[row], memory.Row) : BitVectors.Constant(0, memory.Row.Bits);

    private static string Values(IReadOnlyList<string> values, TextType type) => BitVectors.Join([.. Enumerable.Range(0, type.Lanes)
        .Select(lane => BitVectors.Constant(BigInteger.Parse(values[values.Count == 1 ? 0 : lane], CultureInfo.InvariantCulture), type.Width))]);

    private static string RowPath(Place place, TextMemory memory, int row) => $"{place.Path}{memory.Name}[{row}]";

    private static string InputName(Place place, int id) => place.Module.Inputs.First(i => i.Node == id).Name;

    private static string Named(TextNode node) => node.Name ?? throw new FormatException($"state %{node.Id} has no name");

    /// <summary>A module at a path: empty, or instance names with a dot after each.</summary>
    private sealed record Place(TextModule Module, string Path, Place? Parent, TextInstance? Instance);
}
