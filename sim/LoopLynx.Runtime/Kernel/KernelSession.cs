using LoopLynx.Accelerator;
using LoopLynx.Sim;

namespace LoopLynx.Runtime;

/// <summary>
/// A simulated kernel with its memory: the host's side of the card, the same for every engine. Everything goes through the kernel's ports: registers through
/// AXI4-Lite, tokens through the host's buffers.
/// </summary>
public sealed class KernelSession : IDisposable
{
    /// <summary>Cycles after which a start that hasn't ended is given up: the kernel's own watchdog ends it long before.</summary>
    public const long DefaultLimit = 20_000_000;

    // Addresses beyond 32 bits, as on the card, and none at the beginning of the address space.
    private const ulong FirstOrigin = 0x12_3000_0000;
    private const ulong HostOrigin = 0x40_5000_0000;

    private readonly IEngine _engine;
    private readonly NodeConfiguration _configuration;
    private readonly MemoryChannel[] _channels;
    private readonly MemoryChannel _host;
    private readonly byte[] _buffers;
    private readonly RegisterPort _registers;
    private readonly IReadOnlyList<KernelArgument> _arguments;
    private readonly int _results;

    /// <summary>
    /// Attaches memory to an engine that runs a <see cref="LoopLynxKernel"/>, resets it and writes its pointers. The session owns the engine.
    /// </summary>
    /// <param name="engine">Runs the design.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="memory">Contents of each channel; writes to the cache change them.</param>
    /// <param name="timing">When the memory answers, by channel; the last is the host's buffers.</param>
    /// <param name="seed">Seed of random stalls, if the timings have any.</param>
    public KernelSession(IEngine engine, NodeConfiguration configuration, byte[][] memory, Func<int, ChannelTiming> timing, int seed = 0)
    {
        (_engine, _configuration) = (engine, configuration);
        MemoryChannel Channel(int i, ChannelPorts ports, byte[] contents, ulong origin) =>
            new(engine, ports, contents, timing(i), unchecked((seed * 31) + i)) { Origin = origin };
        _channels = [.. memory.Select((m, i) => Channel(i, KernelPorts.Channel(i), m, Origin(i)))];
        _results = HostWrite.RowBytes(configuration);
        _buffers = new byte[_results * 3];
        _host = Channel(memory.Length, KernelPorts.Host, _buffers, HostOrigin);
        _registers = new RegisterPort(engine, Step);
        _arguments = KernelRegisters.Arguments(configuration.Channels);
        engine.ResetAll();
        Step();
        WritePointers();
    }

    /// <summary>Cycles since power-up.</summary>
    public long Cycle => _engine.Cycle;

    /// <summary>The memory channels, then the host's buffers: to plant faults.</summary>
    public IReadOnlyList<MemoryChannel> Channels => [.. _channels, _host];

    /// <summary>The memory behind the host's port: a row for the embedding, then the buffer of results. For hosts that write registers themselves.</summary>
    public Memory<byte> Buffers => _buffers;

    /// <summary>Cycles after which a start that hasn't ended is given up.</summary>
    public long Limit { get; init; } = DefaultLimit;

    /// <summary>Is asked in every cycle of a start, with the cycles since it was written.</summary>
    public Action<long>? EachCycle { get; set; }

    /// <summary>Writes an argument that is a number.</summary>
    public void Set(string argument, uint value) => _registers.Write(_arguments.Single(a => a.Name == argument).Offset, value);

    /// <summary>Reads a register.</summary>
    public uint Read(int address) => _registers.Read(address);

    /// <summary>Writes a register.</summary>
    public void Write(int address, uint value) => _registers.Write(address, value);

    /// <summary>Runs one token: arguments, start, the interrupt, the acknowledgement.</summary>
    /// <param name="embedding">[embed] residual values.</param>
    /// <param name="position">The token's position.</param>
    /// <param name="hidden">[embed], receives the hidden state if there was no fault.</param>
    /// <param name="cancel">Ends the simulation between cycles.</param>
    /// <exception cref="SimulationException">The kernel doesn't end, or broke a memory rule.</exception>
    public KernelReport RunToken(ReadOnlySpan<int> embedding, int position, Span<int> hidden, CancellationToken cancel = default)
    {
        var row = new int[embedding.Length];
        embedding.CopyTo(row);
        Buffer.BlockCopy(row, 0, _buffers, 0, row.Length * sizeof(int));
        Set("position", (uint)position);
        Write(KernelRegisters.GlobalInterrupt, 1);
        Write(KernelRegisters.InterruptEnable, 1);
        Write(KernelRegisters.Control, KernelControl.StartBit);
        var begin = _engine.Cycle;
        while (!_registers.Interrupt)
        {
            cancel.ThrowIfCancellationRequested();
            EachCycle?.Invoke(_engine.Cycle - begin);
            Step();
            if (_engine.Cycle - begin > Limit)
            {
                throw new SimulationException($"the kernel hasn't ended after {Limit} cycles (cycle {_engine.Cycle})");
            }
        }

        var cycles = _engine.Cycle - begin;
        Acknowledge();
        var report = Report(cycles);
        if (report.Fault == KernelFault.None)
        {
            Buffer.BlockCopy(_buffers, _results, row, 0, row.Length * sizeof(int));
            row.CopyTo(hidden);
        }

        return report;
    }

    /// <summary>Lets cycles pass.</summary>
    public void Wait(int cycles)
    {
        for (var i = 0; i < cycles; i++)
        {
            Step();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    private static ulong Origin(int channel) => FirstOrigin + ((ulong)channel << 28);

    private void WritePointers()
    {
        foreach (var argument in _arguments.Where(a => a.Port is not null))
        {
            var address = argument.Name switch
            {
                "embeddings" => HostOrigin,
                "results" => HostOrigin + (ulong)_results,
                _ => Origin(int.Parse(argument.Name["memory".Length..], System.Globalization.CultureInfo.InvariantCulture)),
            };
            Write(argument.Offset, (uint)address);
            Write(argument.Offset + sizeof(uint), (uint)(address >> 32));
        }

        Set("nodes", (uint)_configuration.Nodes);
        Set("count", 1);
    }

    private void Acknowledge()
    {
        Write(KernelRegisters.InterruptStatus, Read(KernelRegisters.InterruptStatus));
        if ((Read(KernelRegisters.Control) & KernelControl.DoneBit) == 0)
        {
            throw new SimulationException("the kernel has interrupted without being done");
        }

        Write(KernelRegisters.Control, KernelControl.ContinueBit);
    }

    private KernelReport Report(long cycles)
    {
        var address = Read(KernelRegisters.FaultAddress) | ((ulong)Read(KernelRegisters.FaultAddress + 4) << 32);
        var fault = (KernelFault)Read(KernelRegisters.Fault);
        var words = new uint[(_buffers.Length - (2 * _results)) / sizeof(uint)];
        Buffer.BlockCopy(_buffers, 2 * _results, words, 0, words.Length * sizeof(uint));
        var (channel, stage) = ((int)Read(KernelRegisters.FaultChannel), (int)Read(KernelRegisters.FaultStage));
        return new KernelReport(fault, channel, stage, address, Read(KernelRegisters.Cycles), cycles, words);
    }

    private void Step()
    {
        _registers.Drive();
        foreach (var channel in _channels)
        {
            channel.Drive();
        }

        _host.Drive();
        _engine.Settle();
        _registers.Sample();
        foreach (var channel in _channels)
        {
            channel.Sample();
        }

        _host.Sample();
        _engine.Tick();
    }
}
