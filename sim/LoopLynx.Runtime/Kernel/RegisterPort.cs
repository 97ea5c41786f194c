using System.Buffers.Binary;
using LoopLynx.Sim;
using LoopLynx.Sim.Ports;

namespace LoopLynx.Runtime;

/// <summary>A host on the kernel's AXI4-Lite port: one access at a time.</summary>
internal sealed class RegisterPort
{
    // An access takes a few cycles; the port has a register file behind it.
    private const int MostCycles = 100;

    private readonly IEngine _engine;
    private readonly Action _step;
    private readonly PortSlot _awValid, _awReady, _awAddress, _wValid, _wReady, _wData, _wStrobe, _bValid, _bReady, _bResponse;
    private readonly PortSlot _arValid, _arReady, _arAddress, _rValid, _rReady, _rData, _rResponse, _interrupt;
    private bool _addresses, _writes, _reads, _answered;
    private int _address;
    private uint _data;
    private byte _response;

    /// <param name="engine">Runs the kernel.</param>
    /// <param name="step">One cycle of everything, in which <see cref="Drive"/> and <see cref="Sample"/> are called.</param>
    public RegisterPort(IEngine engine, Action step)
    {
        (_engine, _step) = (engine, step);
        PortSlot Port(string signal) => new(engine, $"{KernelPorts.Control}_{signal}");
        (_awValid, _awReady, _awAddress) = (Port("awvalid"), Port("awready"), Port("awaddr"));
        (_wValid, _wReady, _wData, _wStrobe) = (Port("wvalid"), Port("wready"), Port("wdata"), Port("wstrb"));
        (_bValid, _bReady, _bResponse) = (Port("bvalid"), Port("bready"), Port("bresp"));
        (_arValid, _arReady, _arAddress) = (Port("arvalid"), Port("arready"), Port("araddr"));
        (_rValid, _rReady, _rData, _rResponse) = (Port("rvalid"), Port("rready"), Port("rdata"), Port("rresp"));
        _interrupt = new(engine, "interrupt");
    }

    /// <summary>The kernel interrupts.</summary>
    public bool Interrupt { get; private set; }

    /// <summary>Writes a word.</summary>
    public void Write(int address, uint value)
    {
        (_addresses, _writes, _address, _data, _answered) = (true, true, address, value, false);
        Finish("write", address);
    }

    /// <summary>Reads a word.</summary>
    public uint Read(int address)
    {
        (_reads, _address, _answered) = (true, address, false);
        Finish("read", address);
        return _data;
    }

    /// <summary>Forgets an access that is under way.</summary>
    public void Reset() => (_addresses, _writes, _reads, _answered, Interrupt) = (false, false, false, false, false);

    /// <summary>Sets this cycle's inputs.</summary>
    public void Drive()
    {
        var ports = new PortBlock(_engine);
        ports.Drive(_awValid, _addresses);
        ports.Drive(_wValid, _writes);
        ports.Drive(_arValid, _reads);
        ports.Drive(_bReady, true);
        ports.Drive(_rReady, true);
        BinaryPrimitives.WriteUInt16LittleEndian(ports.Input(_awAddress), (ushort)_address);
        BinaryPrimitives.WriteUInt16LittleEndian(ports.Input(_arAddress), (ushort)_address);
        BinaryPrimitives.WriteUInt32LittleEndian(ports.Input(_wData), _data);
        ports.Input(_wStrobe).Fill(1);
    }

    /// <summary>Takes this cycle's handshakes.</summary>
    public void Sample()
    {
        var ports = new PortBlock(_engine);
        Interrupt = ports.IsHigh(_interrupt);
        _addresses &= !ports.IsHigh(_awReady);
        _writes &= !ports.IsHigh(_wReady);
        _reads &= !ports.IsHigh(_arReady);
        if (ports.IsHigh(_bValid))
        {
            (_answered, _response) = (true, ports.Output(_bResponse)[0]);
        }

        if (ports.IsHigh(_rValid))
        {
            (_answered, _response) = (true, ports.Output(_rResponse)[0]);
            _data = BinaryPrimitives.ReadUInt32LittleEndian(ports.Output(_rData));
        }
    }

    private void Finish(string what, int address)
    {
        for (var cycles = 0; !_answered; cycles++)
        {
            if (cycles == MostCycles)
            {
                throw new SimulationException($"the kernel doesn't answer a {what} of register 0x{address:x3} (cycle {_engine.Cycle})");
            }

            _step();
        }

        if (_response != 0)
        {
            throw new SimulationException($"the kernel answers a {what} of register 0x{address:x3} with response {_response} (cycle {_engine.Cycle})");
        }
    }
}
