using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>
/// Registers behind an AXI4-Lite port, one line each. Made by <see cref="AxiLiteRegisterFiles.Registers"/>; more may be added until the module ends.
/// </summary>
/// <remarks>
/// A write takes address and data together and answers in the next cycle; a read answers in the next cycle; one of each a cycle. Byte strobes count.
/// Addresses are those of whole words: low bits inside a word are ignored. Another address answers DECERR or as told, a write to a read-only register
/// SLVERR; neither changes anything.
/// Reading gives 0 above a register's width.
/// </remarks>
public sealed class AxiLiteRegisters
{
    private readonly AxiLite _bus;
    private readonly Dictionary<long, string> _taken = [];
    private readonly Signal _write;
    private readonly AxiLiteWrite _written;
    private readonly Signal _read;
    private readonly Signal _answeredWord;
    private readonly RegisterBlocks? _blocks;
    private readonly Signal _writeWord;
    private readonly Signal _writeResponse;
    private readonly Signal _readWord;
    private readonly Signal _readData;
    private readonly Signal _readResponse;

    internal AxiLiteRegisters(AxiLite bus, AxiResponse unused, bool isolated, string name, string file, int line)
    {
        if (bus.Side != BusSide.Subordinate)
        {
            throw new HdlException("HDL0501", $"'{bus.Name}' makes requests and can't have registers", "declare it with AxiLite.Subordinate");
        }

        _bus = bus;
        Stream<T> Entry<T>(Stream<T> channel, string part) =>
            isolated ? channel.Skid($"{name}_{part}", file: file, line: line).Stage($"{name}_{part}", file: file, line: line) : channel;
        var writes = Entry(bus.Aw, "address").Join(Entry(bus.W, "data"), $"{name}_write", file, line);
        var orders = Entry(bus.Ar, "order");
        var reads = isolated ? Chosen(orders, name, file, line) : orders;
        _read = reads.Fire;

        // What a write does happens a cycle later there, beside its answer.
        Signal Late(Signal value, string part) => isolated ? value.Registered(name: $"{name}_{part}") : value;
        _write = isolated ? writes.Fire.RegisteredReset(0, name: $"{name}_writes") : writes.Fire;
        var beat = writes.Data.Second;
        _written = new AxiLiteWrite(Late(beat.Data, "value"), Late(beat.Strobe, "strobe"));
        _answeredWord = Word(writes.Data.First.Address);
        _writeWord = Late(_answeredWord, "word");
        _readWord = Word(orders.Data.Address);
        _writeResponse = Answer("write_response", UInt(2), (int)unused);
        _readResponse = Answer("read_response", UInt(2), isolated ? null : (int)unused);
        _readData = Answer("read_data", bus.R.Data.Data.Type, isolated ? null : 0);
        if (isolated)
        {
            var blocks = new RegisterBlocks(_readWord, _readData.Type);
            _blocks = blocks;
            Builder.Current.Last(() =>
            {
                var (data, isKnown) = blocks.Chosen();
                _readData.Drive(data, file, line);
                _readResponse.Drive(Mux(isKnown, Const(UInt(2), (int)AxiResponse.Okay), Const(UInt(2), (int)unused)), file, line);
            });
        }

        bus.B.Drive(writes.Map(_ => new AxiLiteAnswer(_writeResponse)).Stage($"{name}_answer", file: file, line: line), file, line);
        bus.R.Drive(reads.Map(_ => new AxiLiteRead(_readData, _readResponse)).Stage($"{name}_read", file: file, line: line), file, line);

        Signal Answer(string part, HdlType type, int? otherwise)
        {
            Wire(out var wire, type, $"{name}_{part}", file, line);
            if (otherwise is { } value)
            {
                wire.Drive(value, file, line);
            }

            return wire;
        }
    }

    /// <summary>A register that the bus writes and reads, and the module reads. It resets to <paramref name="reset"/>.</summary>
    /// <param name="register">Its value.</param>
    /// <param name="address">Byte address: a multiple of the bytes of a word.</param>
    /// <param name="type">Any type of at most the bits of a word; lane 0 is lowest.</param>
    /// <param name="reset">Value after reset.</param>
    /// <param name="name">Set by the compiler: the variable's name.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    public Signal ReadWrite(out Signal register, long address, HdlType type, int reset = 0,
        [CallerArgumentExpression(nameof(register))] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Register(out register, type, reset, name, file, line);
        var (value, written) = (register, At(_writeWord, address));
        Claim(Identifiers.OfOut(name), address, type, file, line);
        var mask = _written.Strobe.RepeatLanes(8).AsBits().Resize(type.Bits);
        var merged = (_written.Data.Resize(type.Bits) & mask) | (value.AsBits() & ~mask);
        When(_write & written, () => value.Drive(merged.AsLanes(type), file, line), file, line);
        When(At(_answeredWord, address), () => _writeResponse.Drive(AxiResponse.Okay, file, line), file, line);
        Show(address, value, file, line);
        return register;
    }

    /// <summary>A value of the module that the bus reads.</summary>
    public void ReadOnly(long address, Signal value, [CallerArgumentExpression(nameof(value))] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Claim(name, address, value.Type, file, line);
        When(At(_answeredWord, address), () => _writeResponse.Drive(AxiResponse.SubordinateError, file, line), file, line);
        Show(address, value, file, line);
    }

    /// <summary>
    /// A value of the module that the bus reads, and to whose address it writes commands: see <see cref="IsWritten"/> and <see cref="Written"/>.
    /// </summary>
    public void Command(long address, Signal value,
        [CallerArgumentExpression(nameof(value))] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Claim(name, address, value.Type, file, line);
        When(At(_answeredWord, address), () => _writeResponse.Drive(AxiResponse.Okay, file, line), file, line);
        Show(address, value, file, line);
    }

    /// <summary>The bits that are written where <see cref="IsWritten"/> is 1, those of bytes without a strobe as 0.</summary>
    public Signal Written => _written.Data & _written.Strobe.RepeatLanes(8).AsBits();

    /// <summary>The bytes that are written where <see cref="IsWritten"/> is 1.</summary>
    public Signal Strobe => _written.Strobe;

    /// <summary>1 in the cycle before a read-write register at the address has its new value: for commands that start something.</summary>
    public Signal IsWritten(long address) => _write & At(_writeWord, address);

    /// <summary>
    /// 1 in the cycle in which the address is read: for values that a read clears. Behind registers (<c>isolated</c>) the read gives the value of the cycle
    /// before.
    /// </summary>
    public Signal IsRead(long address) => _read & At(_readWord, address);

    /// <summary>An order stays until what it reads has been chosen.</summary>
    private static Stream<AxiLiteAddress> Chosen(Stream<AxiLiteAddress> orders, string name, string file, int line)
    {
        Wire(out var starts, Bit, $"{name}_starts", file, line);
        var age = starts;
        for (var i = 1; i <= RegisterBlocks.Latency; i++)
        {
            age = (age & starts).RegisteredReset(0, name: $"{name}_age{i}", file: file, line: line);
        }

        var chosen = orders.Gate(age, $"{name}_chosen", file, line);
        starts.Drive(orders.Valid & !chosen.Fire, file, line);
        return chosen;
    }

    private Signal Word(Signal address) => Sizes.CeilLog2(_bus.Bytes) is var low && address.Width > low ? address.Slice(low, address.Width - low) : Const(Bit, 0);

    private Signal At(Signal word, long address) => word == address / _bus.Bytes;

    private void Show(long address, Signal value, string file, int line)
    {
        if (_blocks is not null)
        {
            _blocks.Show(address / _bus.Bytes, value.AsBits(), file, line);
            return;
        }

        When(At(_readWord, address), () =>
        {
            _readData.Drive(value.AsBits(), file, line);
            _readResponse.Drive(AxiResponse.Okay, file, line);
        }, file, line);
    }

    private void Claim(string name, long address, HdlType type, string file, int line)
    {
        var problem = address % _bus.Bytes != 0 || address < 0 ? $"the address 0x{address:x} isn't a multiple of {_bus.Bytes}"
            : _bus.Aw.Data.Address.Width < 63 && address >> _bus.Aw.Data.Address.Width != 0 ? $"the address 0x{address:x} doesn't fit {_bus.Aw.Data.Address.Width} bits"
            : type.Bits > 8 * _bus.Bytes ? $"{type} doesn't fit a word of {8 * _bus.Bytes} bits"
            : _taken.TryGetValue(address, out var other) ? $"the address 0x{address:x} is that of '{other}'"
            : null;
        if (problem is not null)
        {
            throw Builder.Current.Fatal("HDL0501", $"register '{name}' of '{_bus.Name}': {problem}", "give each register a word of its own", new SourceLocation(file, line));
        }

        _taken[address] = name;
    }
}

/// <summary>Register files.</summary>
public static class AxiLiteRegisterFiles
{
    /// <summary>Answers a subordinate AXI4-Lite port with registers; drives all of its outputs.</summary>
    /// <param name="bus">The port.</param>
    /// <param name="unused">The answer of an address without a register; such reads give 0.</param>
    /// <param name="isolated">
    /// Requests pass registers first: then no path leads from an input of the port to an output. A write takes a cycle more, a read
    /// three, and one read comes after the other.
    /// </param>
    /// <param name="name">Prefix of names.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    public static AxiLiteRegisters Registers(this AxiLite bus, AxiResponse unused = AxiResponse.DecodeError, bool isolated = false,
        string name = "registers", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => new(bus, unused, isolated, name, file, line);
}
