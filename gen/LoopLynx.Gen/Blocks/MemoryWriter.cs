using LoopLynx.Gen.Expressions;
using LoopLynx.Gen.Text;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Blocks;

/// <summary>
/// Writes memories as the templates from which Vivado and Yosys infer LUT, block and ultra RAM. What the netlist says about addresses past
/// the end is added only where the address type can hold one: such a write is not enabled, such a read gives 0. Where rows up to a power of two cost
/// nothing, the array has them: they stay 0, so that no comparison stands behind the row that is read.
/// </summary>
internal sealed class MemoryWriter(ModuleScope module, IReadOnlyDictionary<string, Net> clocks)
{
    /// <summary>The array with its style and contents.</summary>
    public void Declare(MemoryInfo memory, CodeText text)
    {
        var name = module.User.Memories[memory];
        var row = memory.RowType.Bits == 1 ? "reg" : $"reg [{memory.RowType.Bits - 1}:0]";
        text.Line($"{Style(memory)}{row} {name} [0:{Rows(memory) - 1}];", memory.Location);
        if (memory.Initial.Length > 0)
        {
            text.Open("initial begin");
            for (var i = 0; i < memory.Initial.Length; i++)
            {
                text.Line($"{name}[{i}] = {Literal.Packed(memory.RowType, memory.Initial[i]).Text};");
            }

            for (var i = memory.Initial.Length; i < Rows(memory) && memory.Writes.IsEmpty; i++)
            {
                text.Line($"{name}[{i}] = {Literal.Of(0, memory.RowType.Bits, signed: false).Text};");
            }

            text.Close("end");
        }

        if (memory.Initial.Length < Rows(memory) && !(memory.Initial.Length > 0 && memory.Writes.IsEmpty))
        {
            Clear(memory, name, text);
        }
    }

    /// <summary>The write ports: one process per clock, because of two writes to one row the later one must win.</summary>
    public void Writes(MemoryInfo memory)
    {
        foreach (var ports in memory.Writes.GroupBy(w => w.Domain.Clock))
        {
            if (memory.RowType.Lanes > 1 && ports.Any(p => p.Mask is not null))
            {
                MaskedWrites(memory, [.. ports]);
            }
            else
            {
                var text = new CodeText();
                Process(text, ports.Key, () =>
                {
                    foreach (var port in ports)
                    {
                        var row = $"{module.User.Memories[memory]}[{Target(port.Address, memory)}]";
                        Write(text, Enables(port, memory, m => module.Operand(m)), row, module.RightHandSide(port.Data));
                    }
                });
                module.Body.Gap();
                module.Body.Append(text);
            }
        }
    }

    /// <summary>An asynchronous read port.</summary>
    public void AsynchronousRead(MemoryReadNode read)
    {
        var value = new Expr($"{module.User.Memories[read.Memory]}[{Row(read.Address, read.Memory)}]", Signed: false);
        if (InRange(read.Address, Rows(read.Memory)) is { } inRange)
        {
            value = OperationWriter.Choice(inRange, value, Literal.Of(0, read.Type.Bits, signed: false));
        }

        module.Drive(module.Add(read, declared: false), value, read.Location);
    }

    /// <summary>Makes the nets of a synchronous read port, before anything reads them.</summary>
    public SynchronousRead DeclareRead(MemoryReadNode read, ICollection<(Net Net, Expr? Initial)> declared)
    {
        var net = module.Add(read, declared: true);
        if (!MayLeave(read.Address, Rows(read.Memory)))
        {
            net.IsReg = true;
            declared.Add((net, Literal.Of(0, read.Type.Bits, signed: false)));
            return new(read, net, null);
        }

        var row = module.Track(new Net(module.Names.Fresh($"{net.Name}_row"), net.Type with { Signed = false }) { IsReg = true, Declared = true });
        var flag = module.Track(new Net(module.Names.Fresh($"{net.Name}_in_range"), new(1, false)) { IsReg = true, Declared = true });
        declared.Add((net, null));
        declared.Add((row, Literal.Of(0, read.Type.Bits, signed: false)));
        declared.Add((flag, Literal.Of(0, 1, signed: false)));
        return new(read, row, flag);
    }

    /// <summary>A synchronous read port. The row register has no reset and nothing but the enable, so it becomes the RAM's own output register.</summary>
    public void Read(SynchronousRead port)
    {
        var read = port.Node;
        var text = new CodeText();
        Process(text, read.Domain.Clock, () =>
        {
            var enabled = read.Enable is not null && !IsAlways(read.Enable);
            if (enabled)
            {
                text.Open($"if ({module.Operand(read.Enable!).Text}) begin");
            }

            text.Line($"{port.Row.Name} <= {module.User.Memories[read.Memory]}[{Row(read.Address, read.Memory)}];", read.Location);
            if (port.InRange is { } flag)
            {
                text.Line($"{flag.Name} <= {InRange(read.Address, Rows(read.Memory))!.Value.Text};");
            }

            if (enabled)
            {
                text.Close("end");
            }
        });
        module.Body.Gap();
        module.Body.Append(text);
        if (port.InRange is { } inRange)
        {
            module.Drive(
                module.NetOf(read), OperationWriter.Choice(inRange.Whole, port.Row.Whole, Literal.Of(0, read.Type.Bits, signed: false)), read.Location);
        }
    }

    // RAM of FPGAs powers up as zero by itself, and UltraRAM accepts no initial contents: only simulators and formal tools need the loop.
    private void Clear(MemoryInfo memory, string name, CodeText text)
    {
        var index = module.Names.Fresh($"{name}_row");
        text.Line("`ifndef SYNTHESIS");
        text.Line($"integer {index};");
        text.Open("initial begin");
        text.Open($"for ({index} = {memory.Initial.Length}; {index} < {Rows(memory)}; {index} = {index} + 1) begin");
        text.Line($"{name}[{index}] = {Literal.Of(0, memory.RowType.Bits, signed: false).Text};");
        text.Close("end");
        text.Close("end");
        text.Line("`endif");
    }

    private static string Style(MemoryInfo memory)
    {
        if (memory.Style == MemoryStyle.Auto)
        {
            return "";
        }

        var style = memory.Style.ToString().ToLowerInvariant();
        if (!memory.Writes.IsEmpty)
        {
            return $"(* ram_style = \"{style}\" *) ";
        }

        // Yosys has no LUT RAM without a write port and would refuse the word that Vivado wants; it reads the first attribute, by which a table is logic.
        return memory.Style == MemoryStyle.Distributed ? "(* ram_style = \"registers\", rom_style = \"distributed\" *) " : $"(* rom_style = \"{style}\" *) ";
    }

    /// <summary>One process per lane, each with every port: the byte enable template.</summary>
    private void MaskedWrites(MemoryInfo memory, IReadOnlyList<MemoryWrite> ports)
    {
        var name = module.User.Memories[memory];
        var type = memory.RowType;
        var index = module.Genvar("i");
        var scope = new LaneScope(module, type.Lanes, index);
        var rows = ports.Select(p => $"{name}[{Target(p.Address, memory)}]").ToArray();
        var process = new CodeText();
        Process(process, ports[0].Domain.Clock, () =>
        {
            foreach (var (port, row) in ports.Zip(rows))
            {
                Write(process, Enables(port, memory, m => scope.Operand(m)),
                    row + (type.Width == 1 ? $"[{index}]" : $"[{index}*{type.Width} +: {type.Width}]"), scope.Operand(port.Data));
            }
        });
        module.Body.Gap();
        module.Body.Open("generate");
        module.Body.Open(LoopWriter.For(index, type.Lanes, module.Names.Fresh($"{name}_lanes")));
        module.Body.Append(scope.Body);
        module.Body.Append(process);
        LoopWriter.Unused(module, scope.Nets, module.Body);
        module.Body.Close("end");
        module.Body.Close("endgenerate");
    }

    private static void Write(CodeText text, IReadOnlyList<Expr> enables, string row, Expr data)
    {
        if (enables.Count == 0)
        {
            text.Line($"{row} <= {data.Text};");
            return;
        }

        text.Open($"if ({string.Join(" && ", enables.Select(e => enables.Count == 1 ? e.Text : e.In("&&")))}) begin");
        text.Line($"{row} <= {data.Text};");
        text.Close("end");
    }

    private List<Expr> Enables(MemoryWrite port, MemoryInfo memory, Func<Node, Expr> mask)
    {
        var enables = new List<Expr>();
        if (!IsAlways(port.Enable))
        {
            enables.Add(module.Operand(port.Enable));
        }

        if (port.Mask is { } m)
        {
            enables.Add(mask(m));
        }

        // Where the array ends at the memory's depth, a signal of just enough bits can pass it, but there is no such row to write.
        var noRow = port.Address is not ConstNode && port.Address.Type.Width <= IndexBits(memory) && Rows(memory) == memory.Depth;
        if (!noRow && InRange(port.Address, memory.Depth) is { } inRange)
        {
            enables.Add(inRange);
        }

        return enables;
    }

    private void Process(CodeText text, string clock, Action body)
    {
        text.Open($"always @(posedge {clocks[clock].Whole.Text}) begin");
        body();
        text.Close("end");
    }

    // A port that is never enabled stays in the text, as it stays in the netlist.
    private static bool IsAlways(Node enable) => enable is ConstNode c && c.Values[0].IsOne;

    private static int IndexBits(MemoryInfo memory) => Math.Max(1, System.Numerics.BitOperations.Log2((uint)Math.Max(1, memory.Depth - 1)) + 1);

    /// <summary>Rows of the array: up to a power of two where the RAM is no larger for it.</summary>
    private static int Rows(MemoryInfo memory)
    {
        var granule = memory.Style switch
        {
            MemoryStyle.Ultra => 4096,
            MemoryStyle.Block => 512,
            _ => 64,
        };
        var rounded = 1 << IndexBits(memory);
        var costs = (rounded - 1) / granule != (memory.Depth - 1) / granule;
        return costs ? memory.Depth : rounded;
    }

    private static bool MayLeave(Node address, int rows) => address is ConstNode c ? c.Values[0] >= rows : address.Type.Max >= rows;

    /// <summary>
    /// The index of a row, seen as unsigned whatever net it is read from: Verilog takes a signed index below zero as out of range. A constant past the end
    /// gives row 0, which the range flag hides.
    /// </summary>
    private string Row(Node address, MemoryInfo memory) => address is ConstNode && MayLeave(address, Rows(memory))
        ? Literal.Zero(IndexBits(memory))
        : module.Writer.At(address, IndexBits(memory)).Seen(signed: false).Text;

    /// <summary>The row to write. Yosys turns a memory that is written at a literal index into registers, so a constant address gets a net.</summary>
    private string Target(Node address, MemoryInfo memory) =>
        address is ConstNode { Name: null }
            ? module.Temporary(address, "address", new HdlType(IndexBits(memory), false), new(Row(address, memory), Signed: false)).Whole.Text
            : Row(address, memory);

    private Expr? InRange(Node address, int rows)
    {
        if (!MayLeave(address, rows))
        {
            return null;
        }

        return address is ConstNode
            ? Literal.Of(0, 1, signed: false)
            : new($"{module.Select(address).All.Text} < {Literal.Of(rows, address.Type.Width, signed: false).Text}", Signed: false, "<");
    }
}
