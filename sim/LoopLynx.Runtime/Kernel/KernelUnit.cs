using System.Globalization;
using LoopLynx.Accelerator;
using LoopLynx.Sim;
using LoopLynx.Sim.Ports;

namespace LoopLynx.Runtime;

/// <summary>One simulated kernel with its memory and its host's buffers.</summary>
public sealed class KernelUnit
{
    // Addresses beyond 32 bits, as on the card, and none at the beginning of the address space.
    private const ulong FirstOrigin = 0x12_3000_0000;
    private const ulong HostOrigin = 0x40_5000_0000;

    // The least that the card's AXI interconnect asks for; the kernel's own parts are reset by registers of it, a few cycles later.
    private const int ResetCycles = 16;

    private readonly NodeConfiguration _configuration;
    private readonly byte[] _buffers;
    private readonly byte[][] _memory;
    private readonly RegisterPort _registers;
    private readonly IReadOnlyList<KernelArgument> _arguments;
    private readonly int _results;

    internal KernelUnit(IEngine engine, NodeConfiguration c, int number, byte[][] memory, Func<int, ChannelTiming> timing, int seed, Action step)
    {
        (Engine, _configuration, Number, _memory) = (engine, c, number, memory);
        var first = number * (memory.Length + 1);
        int OnCard(int i) => timing(i).Card is { } card && i < memory.Length ? CardMemory.NumberOf(card, (number * memory.Length) + i, c.Channels) : 0;
        MemoryChannel Channel(int i, ChannelPorts ports, byte[] contents, ulong origin) =>
            new(engine, ports, contents, timing(i), unchecked((seed * 31) + first + i), OnCard(i)) { Origin = origin };
        _results = HostWrite.RowBytes(c);
        _buffers = new byte[(_results * 2) + KernelReportWords.Bytes(c)];
        Channels =
        [
            .. memory.Select((m, i) => Channel(i, KernelPorts.Channel(i), m, Origin(i))),
            Channel(memory.Length, KernelPorts.Host, _buffers, HostOrigin),
        ];
        _registers = new RegisterPort(engine, step);
        _arguments = KernelRegisters.Arguments(c.Channels);
    }

    /// <summary>Its number on the ring, from 0.</summary>
    public int Number { get; }

    /// <summary>The memory channels, then the host's buffers: to plant faults.</summary>
    public IReadOnlyList<MemoryChannel> Channels { get; }

    /// <summary>The memory behind the host's port: a row for the embedding, then the buffer of results. For hosts that write registers themselves.</summary>
    public Memory<byte> Buffers => _buffers;

    /// <summary>The kernel interrupts.</summary>
    public bool Interrupts => _registers.Interrupt;

    /// <summary>It has been started, and its end hasn't been acknowledged.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Bursts of 16 beats that a self-test can read of every channel.</summary>
    public int MostBursts => Math.Min(_memory.Min(m => m.Length) / SelfTestPattern.Bytes(_configuration, 1), (1 << ChannelTester.BurstBits) - 1);

    internal IEngine Engine { get; }

    /// <summary>Writes an argument that is a number.</summary>
    public void Set(string argument, uint value) => Write(_arguments.Single(a => a.Name == argument).Offset, value);

    /// <summary>Reads a register.</summary>
    public uint Read(int address) => _registers.Read(address);

    /// <summary>Writes a register.</summary>
    public void Write(int address, uint value) => _registers.Write(address, value);

    /// <summary>Writes what stays the same for all tokens: pointers, and the node's number.</summary>
    internal void Prepare(Func<int, ChannelTiming> timing)
    {
        foreach (var argument in _arguments.Where(a => a.Port is not null))
        {
            var address = argument.Name switch
            {
                "embeddings" => HostOrigin,
                "results" => HostOrigin + (ulong)_results,
                _ => Origin(int.Parse(argument.Name["memory".Length..], CultureInfo.InvariantCulture)),
            };
            Write(argument.Offset, (uint)address);
            Write(argument.Offset + sizeof(uint), (uint)(address >> 32));
        }

        Set("node", (uint)Number);
        Set("nodes", (uint)_configuration.Nodes);
        Set("count", 1);
        Set("pace", (uint)CardPace.Register(timing(0), _configuration));
    }

    /// <summary>Writes a token's arguments and the start.</summary>
    internal void Start(ReadOnlySpan<int> embedding, int position, uint epoch)
    {
        var row = new int[embedding.Length];
        embedding.CopyTo(row);
        Buffer.BlockCopy(row, 0, _buffers, 0, row.Length * sizeof(int));
        Set("position", (uint)position);
        Set("epoch", epoch);
        Write(KernelRegisters.GlobalInterrupt, 1);
        Write(KernelRegisters.InterruptEnable, 1);
        Write(KernelRegisters.Control, KernelControl.StartBit);
        IsRunning = true;
    }

    /// <summary>After the interrupt: takes it back, reads how the start has ended, and says that it has been seen.</summary>
    /// <param name="cycles">Cycles from the written start to the interrupt.</param>
    /// <exception cref="SimulationException">The kernel isn't done.</exception>
    internal KernelReport End(long cycles)
    {
        Write(KernelRegisters.InterruptStatus, Read(KernelRegisters.InterruptStatus));
        if ((Read(KernelRegisters.Control) & KernelControl.DoneBit) == 0)
        {
            throw new SimulationException("the kernel has interrupted without being done");
        }

        var address = Read(KernelRegisters.FaultAddress) | ((ulong)Read(KernelRegisters.FaultAddress + 4) << 32);
        var fault = (KernelFault)Read(KernelRegisters.Fault);
        var words = new uint[(_buffers.Length - (2 * _results)) / sizeof(uint)];
        Buffer.BlockCopy(_buffers, 2 * _results, words, 0, words.Length * sizeof(uint));
        var (channel, stage) = ((int)Read(KernelRegisters.FaultChannel), (int)Read(KernelRegisters.FaultStage));
        var report = new KernelReport(Number, fault, channel, stage, address, Read(KernelRegisters.Cycles), cycles, words);
        Write(KernelRegisters.Control, KernelControl.ContinueBit);
        IsRunning = false;
        return report;
    }

    /// <summary>Resets the kernel with its memory: what was under way is lost, contents stay.</summary>
    internal void Reset()
    {
        _registers.Reset();
        foreach (var channel in Channels)
        {
            channel.Reset();
        }

        Drive();
        Engine.ResetAll(ResetCycles);
        IsRunning = false;
    }

    /// <summary>The hidden state that the last token has left.</summary>
    public int[] Hidden()
    {
        var hidden = new int[_configuration.Embed];
        Buffer.BlockCopy(_buffers, _results, hidden, 0, hidden.Length * sizeof(int));
        return hidden;
    }

    /// <summary>Puts the pattern of the self-test into the channels. Returns what they held there.</summary>
    internal byte[][] FillForTest(int bursts)
    {
        var bytes = SelfTestPattern.Bytes(_configuration, bursts);
        byte[][] held = [.. _memory.Select(m => m[..bytes])];
        foreach (var channel in _memory)
        {
            SelfTestPattern.Fill(_configuration, channel.AsSpan(0, bytes));
        }

        return held;
    }

    /// <summary>Puts back what the channels held.</summary>
    internal void PutBack(byte[][] held)
    {
        foreach (var (channel, bytes) in _memory.Zip(held))
        {
            bytes.CopyTo(channel, 0);
        }
    }

    internal void Drive()
    {
        _registers.Drive();
        var ports = new PortBlock(Engine);
        foreach (var channel in Channels)
        {
            channel.Drive(in ports);
        }
    }

    internal void Sample()
    {
        _registers.Sample();
        var ports = new PortBlock(Engine);
        foreach (var channel in Channels)
        {
            channel.Sample(in ports);
        }
    }

    private static ulong Origin(int channel) => FirstOrigin + ((ulong)channel << 28);
}
