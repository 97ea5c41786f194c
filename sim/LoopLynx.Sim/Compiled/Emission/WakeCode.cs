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
/// now = next; next = 0; if (now &amp; 1) group0(); if (now &amp; 2) group1(); ...
/// </code>
/// </summary>
internal sealed class WakeCode
{
    /// <summary>The generated method that looks at the input ports.</summary>
    private const string Inputs = "Inputs";

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
            _writer.Line($"{Inputs}(s);");
            for (var word = plan.FirstWord; word < plan.FirstWord + plan.Words; word++)
            {
                _writer.Line($"{Word(_now, word)} = {Word(Next, word)};");
                _writer.Line($"{Word(Next, word)} = 0;");
            }
        }
    }

    /// <summary>Opens the test whether a group runs; the caller closes it.</summary>
    public void Test(Group group) => _writer.Open($"if (({Word(_now, group.Bit / 64)} & {Literal(1ul << (group.Bit % 64))}) != 0)");

    /// <summary>Wakes groups if something has changed.</summary>
    public void If(string changed, Wake wake)
    {
        for (var word = 0; word < _table.Words; word++)
        {
            var bits = (ulong)((wake.Groups >> (64 * word)) & ulong.MaxValue);
            if (bits != 0)
            {
                _writer.Line($"{Word(wake.Now ? _now : Next, word)} |= {changed} != 0 ? {Literal(bits)} : 0;");
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

    /// <summary>The method that compares the input ports with copies from the cycle before.</summary>
    public void WriteInputs(IEnumerable<Value> states, StateLayout layout, PrivateRegion memory)
    {
        if (Bytes == 0)
        {
            return;
        }

        _writer.Line(FunctionEmitter.Attributes);
        _writer.Open($"static void {Inputs}(byte* s)");
        var (names, watches) = (0, 0);
        foreach (var readers in states.Where(s => s.Node is InputNode && !_table.Of(s).IsZero).GroupBy(_table.Of))
        {
            var (watch, top) = (new Watch($"changed{watches++}"), _writer.Mark());
            foreach (var input in readers)
            {
                var bytes = LaneStorage.Bytes(input.Type);
                var (copy, port) = (new Address("s", memory.Place(bytes)), new Address("s", layout.Offset(input.Node!)));
                _writer.Line(WatchedStores.Copy(watch, () => $"c{names++}", copy, port, bytes));
            }

            foreach (var line in watch.Fold())
            {
                _writer.Line(line);
            }

            If(watch.Word, new Wake(readers.Key, Now: false));
            _writer.Insert(top, watch.Declarations);
        }

        _writer.Close();
    }

    private static string Word(int offset, int word) => new Address("s", offset + (word * sizeof(ulong))).Element("ulong");

    private static string Literal(ulong bits) => string.Create(CultureInfo.InvariantCulture, $"0x{bits:x}ul");
}
