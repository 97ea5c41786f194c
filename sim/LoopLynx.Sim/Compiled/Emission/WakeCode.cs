using System.Globalization;
using System.Numerics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Compiled.Lowering;
using LoopLynx.Sim.Compiled.Planning;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>
/// The code around groups that sleep. Each has a bit that says that it runs in the next cycle, and one for this cycle:
/// <code>
/// now = next; next = 0; if (now[0] != 0) { if (now[0] &amp; 1) group0(); if (now[0] &amp; 2) group1(); ... } if (now[1] != 0) ...
/// </code>
/// </summary>
internal sealed class WakeCode
{
    /// <summary>The generated method that looks at the input ports.</summary>
    public const string Inputs = "Inputs";

    private readonly WakeTable _table;
    private readonly CSharpWriter _writer;
    private readonly int _now;

    /// <summary>Takes memory for the bits, at first all 1.</summary>
    public WakeCode(WakeTable table, PrivateRegion memory, CSharpWriter writer)
    {
        (_table, _writer) = (table, writer);
        Bytes = table.Words * sizeof(ulong);
        if (Bytes > 0)
        {
            Next = memory.Constant([.. Enumerable.Repeat(byte.MaxValue, Bytes)]);
            _now = memory.Place(Bytes);
        }
    }

    /// <summary>Offset of the bits for the next cycle.</summary>
    public int Next { get; }

    /// <summary>Bytes of the bits.</summary>
    public int Bytes { get; }

    /// <summary>What a step's store wakes.</summary>
    public Wake Of(Step step) => _table.Of(step);

    /// <summary>Begins a cycle of a function.</summary>
    public void Begin(FunctionPlan plan)
    {
        if (plan.Sleeps)
        {
            for (var word = plan.FirstWord; word < plan.FirstWord + plan.Words; word++)
            {
                _writer.Line($"{Word(_now, word)} = {Word(Next, word)};");
                _writer.Line($"{Word(Next, word)} = {Literal(Part(_table.Always, word))};");
            }

            _writer.Line($"byte* now = {new Address("s", _now)};");
        }
    }

    /// <summary>
    /// Opens the test whether one of eight groups runs, those whose bits share this byte; the caller closes it. A group that is woken in this cycle
    /// is woken by one before it: where nothing of the byte runs, nothing in it is woken.
    /// </summary>
    public void TestEight(int number) => _writer.Open($"if ({Now(number)} != 0)");

    /// <summary>Opens the test whether a group runs; the caller closes it.</summary>
    public void Test(Group group) => _writer.Open(string.Create(CultureInfo.InvariantCulture, $"if (({Now(group.Bit / 8)} & {1 << (group.Bit % 8)}) != 0)"));

    /// <summary>Wakes groups where something has changed: a word of bits is written once, for all that a method has found out.</summary>
    public void If(IReadOnlyList<(string Changed, Wake Wake)> changes)
    {
        foreach (var isNow in new[] { true, false })
        {
            for (var word = 0; word < _table.Words; word++)
            {
                var terms = from change in changes
                            where change.Wake.Now == isNow
                            let bits = Part(change.Wake.Groups, word)
                            where bits != 0
                            select $"({change.Changed} != 0 ? {Literal(bits)} : 0)";
                if (string.Join(" | ", terms) is { Length: > 0 } woken)
                {
                    _writer.Line($"{Word(isNow ? _now : Next, word)} |= {woken};");
                }
            }
        }
    }

    /// <summary>Wakes all groups for the next cycle.</summary>
    public void All()
    {
        for (var word = 0; word < _table.Words; word++)
        {
            _writer.Line($"{Word(Next, word)} = {Literal(ulong.MaxValue)};");
        }
    }

    /// <summary>The method that compares the input ports with copies from the cycle before: which bytes have changed, and whom those wake.</summary>
    public void WriteInputs(IEnumerable<Value> states, StateLayout layout, PrivateRegion memory)
    {
        if (Bytes == 0)
        {
            return;
        }

        _writer.Line(FunctionEmitter.Attributes);
        _writer.Open($"static void {Inputs}(byte* s)");
        Value[] inputs = [.. states.Where(s => s.Node is InputNode && !_table.Of(s).IsZero)];
        var bytes = inputs.SelectMany(i => Enumerable.Range(layout.Offset(i.Node!), LaneStorage.Bytes(i.Type)).Select(b => (Byte: b, Wakes: _table.Of(i))));
        var changes = new ByteChanges(_writer, memory, inputs.Select(i => layout.Offset(i.Node!)).DefaultIfEmpty().Min());
        If([.. bytes.GroupBy(b => b.Wakes, b => b.Byte).Select(woken => (changes.Of(woken), new Wake(woken.Key, Now: false)))]);
        _writer.Close();
    }

    private static string Word(int offset, int word) => new Address("s", offset + (word * sizeof(ulong))).Element("ulong");

    // There are hundreds of tests, and a byte near a pointer of its own is the shortest code.
    private static string Now(int number) => string.Create(CultureInfo.InvariantCulture, $"now[{number}]");

    private static ulong Part(BigInteger groups, int word) => (ulong)((groups >> (64 * word)) & ulong.MaxValue);

    private static string Literal(ulong bits) => string.Create(CultureInfo.InvariantCulture, $"0x{bits:x}ul");
}
