using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>
/// A memory with explicit ports. Synchronous reads give the row as it was before the same edge's writes ("read first");
/// <see cref="ReadSyncNew"/> adds the bypass that gives the new row.
/// </summary>
public sealed class Memory
{
    private readonly Builder _builder;
    private readonly List<(Node Address, Node Data, Node Enable, Node? Mask)> _writes = [];

    private bool _hasBypass;

    internal Memory(Builder builder, MemoryInfo info)
    {
        _builder = builder;
        Info = info;
    }

    /// <summary>Type of a row.</summary>
    public HdlType RowType => Info.RowType;

    /// <summary>Number of rows.</summary>
    public int Depth => Info.Depth;

    /// <summary>Bits that an address needs.</summary>
    public int AddressBits => Sizes.AddressBits(Depth);

    internal MemoryInfo Info { get; }

    /// <summary>The addressed row in the same cycle (LUTRAM or ROM); 0 past the end.</summary>
    public Signal Read(Signal address, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        AddRead(address, null, synchronous: false, "", CrossingKind.None, new SourceLocation(file, line));

    /// <summary>The addressed row one cycle later; holds while <paramref name="enable"/> is 0.</summary>
    public Signal ReadSync(Signal address, Signal? enable = null, string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        AddRead(address, enable, synchronous: true, LocalNames.Or(name, "", file, line), CrossingKind.None, new SourceLocation(file, line));

    /// <summary>A read of rows that another clock writes, for library parts whose handshake keeps the addressed row unchanged. The value belongs to the present domain.</summary>
    internal Signal ReadHeld(Signal address, bool synchronous, Signal? enable, SourceLocation location) =>
        AddRead(address, enable, synchronous, "", CrossingKind.Held, location);

    /// <summary>As <see cref="ReadSync"/>, but a row written at the same edge is seen as the new one. Declare after all writes.</summary>
    public Signal ReadSyncNew(Signal address, Signal? enable = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var result = ReadSync(address, enable, "", file, line);
        _hasBypass = true;
        foreach (var (writeAddress, data, writeEnable, mask) in _writes)
        {
            var hit = (_builder.Wrap(writeAddress) == address & _builder.Wrap(writeEnable) & IsRow(address)).Registered(enable, "", file, line);
            var selected = mask is null ? hit : hit & _builder.Wrap(mask).Registered(enable, "", file, line);
            result = Hardware.Mux(selected, _builder.Wrap(data).Registered(enable, "", file, line), result);
        }

        return result;
    }

    /// <summary>
    /// Writes a row at the edge while the enable and every surrounding condition are 1. <paramref name="mask"/>: one bit a lane; lanes with 0 keep their value.
    /// Of two writes to one row the one declared later wins.
    /// </summary>
    public void Write(Signal address, Signal data, Signal? enable = null, Signal? mask = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var location = new SourceLocation(file, line);
        if (_hasBypass)
        {
            _builder.Report("HDL0118", $"'{Info.Name}' gets a write after its ReadSyncNew, which would not see it", location, "declare all writes first");
        }

        var row = _builder.NewWire(RowType, _builder.Unique($"{Info.Name}_write"), location);
        _builder.AssignChecked(row, data, location);
        var maskNode = mask is null ? null : _builder.Resolve(mask);
        if (maskNode is not null && (maskNode.Type.Width != 1 || maskNode.Type.Lanes != RowType.Lanes))
        {
            _builder.Report("HDL0118", $"the write mask of '{Info.Name}' is {maskNode.Type}", location, $"one bit for each of {RowType.Lanes} lanes");
            maskNode = null;
        }

        var enableNode = _builder.Enabled(enable is null ? null : _builder.Condition(enable, location));
        var addressNode = Address(address, location);
        Builder.Stamp(enableNode, location);
        _writes.Add((addressNode, row, enableNode, maskNode));
        Info.Writes = Info.Writes.Add(new MemoryWrite(_builder.Domain, addressNode, row, enableNode, maskNode) { Location = location });
    }

    private Signal AddRead(Signal address, Signal? enable, bool synchronous, string name, CrossingKind crossing, SourceLocation location)
    {
        var read = _builder.Arena.Add(new MemoryReadNode(Info, synchronous, _builder.Domain, crossing)
        {
            Name = _builder.Unique(name.Length > 0 ? name : $"{Info.Name}_read"),
            Location = location,
        });
        read.Address = Address(address, location);
        read.Enable = enable is null ? null : _builder.Condition(enable, location);
        if (synchronous)
        {
            _builder.Pipeline?.Register(read, read.Address, read.Enable, location);
        }

        return _builder.Wrap(read);
    }

    // A write past the end is ignored, so there is nothing to bypass.
    private Signal IsRow(Signal address) => BigInteger.One << address.Width <= Depth ? true : address < Depth;

    private Node Address(Signal address, SourceLocation location)
    {
        var node = _builder.Resolve(address);
        Builder.Stamp(node, location);
        if (node.Type.Signed || node.Type.Lanes != 1)
        {
            _builder.Report("HDL0118", $"the address of '{Info.Name}' is {node.Type}", location, "an address is an unsigned scalar");
        }

        return node;
    }
}

/// <summary>Memories.</summary>
public static partial class Hardware
{
    /// <summary>Cycles from an address to its row at a <see cref="LoopLynx.Hdl.Memory.ReadSync"/>.</summary>
    public const int ReadSyncLatency = 1;

    /// <summary>A memory of <paramref name="depth"/> rows, all zero at power-up.</summary>
    public static Memory Memory(out Memory memory, HdlType rowType, int depth, MemoryStyle style = MemoryStyle.Auto,
        [CallerArgumentExpression(nameof(memory))] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        memory = Memory(Identifiers.OfOut(name), rowType, depth, style, [], file, line);

    /// <summary>A read-only table of scalars.</summary>
    public static Memory Rom(out Memory memory, HdlType rowType, IReadOnlyList<BigInteger> rows, MemoryStyle style = MemoryStyle.Auto,
        [CallerArgumentExpression(nameof(memory))] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        memory = Memory(Identifiers.OfOut(name), rowType, rows.Count, style, [.. rows.Select(r => ImmutableArray.Create(r))], file, line);

    /// <summary>A memory with a name and power-up rows (one integer a lane).</summary>
    public static Memory Memory(string name, HdlType rowType, int depth, MemoryStyle style, ImmutableArray<ImmutableArray<BigInteger>> initial,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var builder = Builder.Current;
        if (depth < 1 || initial.Length > depth || initial.Any(row => row.Length != rowType.Lanes || row.Any(v => !rowType.Holds(v))))
        {
            throw builder.Fatal("HDL0118", $"memory '{name}' has {depth} rows of {rowType} and {initial.Length} initial rows that don't all fit", "give at most as many rows as the depth, each with one value a lane");
        }

        var info = new MemoryInfo(builder.Unique(name), rowType, depth, style, initial) { Id = builder.Memories.Count, Location = new SourceLocation(file, line) };
        builder.Memories.Add(info);
        return new Memory(builder, info);
    }
}
