namespace LoopLynx.Accelerator;

/// <summary>
/// The kernel's AXI4-Lite port: <c>ap_ctrl_chain</c> with its interrupt, the arguments, and the status of the last start. See <see cref="KernelRegisters"/>.
/// </summary>
/// <remarks>A start that is written while the kernel works, or before its end has been acknowledged, waits.</remarks>
public sealed class KernelControl(NodeConfiguration configuration) : Module
{
    /// <summary>The bit of the control register that starts.</summary>
    public const uint StartBit = 1;

    /// <summary>The bit that says that a start has ended.</summary>
    public const uint DoneBit = 2;

    /// <summary>The bit that says that nothing runs.</summary>
    public const uint IdleBit = 4;

    /// <summary>The bit that acknowledges an end.</summary>
    public const uint ContinueBit = 16;

    private const int WordBits = 32;

    /// <summary>The port.</summary>
    public readonly AxiLite SAxiControl = AxiLite.Subordinate(KernelRegisters.AddressBits);

    /// <summary>To the host.</summary>
    public readonly Signal Interrupt = Output(Bit);

    /// <summary>The host wants a start; stays until <see cref="Ready"/>.</summary>
    public readonly Signal Start = Output(Bit);

    /// <summary>The arguments have been used: the next start may come.</summary>
    public readonly Signal Ready = Input(Bit);

    /// <summary>The start has ended; stays until <see cref="Continue"/>.</summary>
    public readonly Signal Done = Input(Bit);

    /// <summary>Nothing runs.</summary>
    public readonly Signal Idle = Input(Bit);

    /// <summary>The host has seen the end.</summary>
    public readonly Signal Continue = Output(Bit);

    /// <summary>The host ends the token.</summary>
    public readonly Signal Abort = Output(Bit);

    /// <summary>The status of the last start.</summary>
    public readonly KernelStatus Status = new(configuration, "Status", isOutput: false);

    /// <summary>The arguments that are numbers, 32 bits each, in the order of their ids.</summary>
    public readonly Signal[] Numbers = [.. Kind(configuration, pointers: false).Select(a => Output(UInt(WordBits), $"arg_{a.Name}"))];

    /// <summary>The arguments that are pointers.</summary>
    public readonly Signal[] Pointers = [.. Kind(configuration, pointers: true).Select(a => Output(UInt(MemoryPort.AddressBits), $"arg_{a.Name}"))];

    /// <inheritdoc/>
    public override string Summary => "control registers of the kernel";

    /// <summary>A number by its name.</summary>
    public Signal Number(string name) => Numbers[Place(configuration, name, pointers: false)];

    /// <summary>A pointer by its name.</summary>
    public Signal Pointer(string name) => Pointers[Place(configuration, name, pointers: true)];

    /// <inheritdoc/>
    protected override void Build()
    {
        var registers = SAxiControl.Registers(AxiResponse.Okay, isolated: true);
        var written = registers.Written.Registered(name: "written");
        Signal Command(int address, int bit) => registers.IsWritten(address).RegisteredReset(0, name: "command") & written[bit];
        Handshake(registers, (bit) => Command(KernelRegisters.Control, bit));
        Interrupts(registers, (bit) => Command(KernelRegisters.InterruptStatus, bit));
        registers.Command(KernelRegisters.Abort, Const(Bit, 0), nameof(Abort));
        Abort.Drive(Command(KernelRegisters.Abort, 0).RegisteredReset(0, name: "abort"));
        Arguments(registers);
        registers.ReadOnly(KernelRegisters.Fault, Status.Fault);
        registers.ReadOnly(KernelRegisters.FaultChannel, Status.Channel);
        registers.ReadOnly(KernelRegisters.FaultStage, Status.Stage);
        registers.ReadOnly(KernelRegisters.FaultAddress, Status.Address.Slice(0, WordBits));
        registers.ReadOnly(KernelRegisters.FaultAddress + 4, Status.Address.Slice(WordBits, WordBits));
        registers.ReadOnly(KernelRegisters.Cycles, Status.Cycles);
        registers.ReadOnly(KernelRegisters.Version, Const(UInt(WordBits), KernelRegisters.PresentVersion), nameof(KernelRegisters.Version));
        var hash = KernelHash.Of(configuration);
        for (var i = 0; i < hash.Count; i++)
        {
            registers.ReadOnly(KernelRegisters.DesignHash + (4 * i), Const(UInt(WordBits), hash[i]), $"{nameof(KernelRegisters.DesignHash)}{i}");
        }
    }

    private void Handshake(AxiLiteRegisters registers, Func<int, Signal> command)
    {
        Register(out var start, Bit, reset: 0);
        When(command(0), () => start.Drive(1)).ElseWhen(Ready, () => start.Drive(0));
        Start.Drive(start);
        Continue.Drive(command(4));
        registers.Command(KernelRegisters.Control, Cat(Interrupt, Const(UInt(5), 0), Ready, Idle & !start, Done, start), "Control");
    }

    private void Interrupts(AxiLiteRegisters registers, Func<int, Signal> toggles)
    {
        registers.ReadWrite(out var enabled, KernelRegisters.GlobalInterrupt, Bit);
        registers.ReadWrite(out var enables, KernelRegisters.InterruptEnable, UInt(2));
        Register(out var pending, UInt(2), reset: 0);
        var begins = Done & !Done.RegisteredReset(0, name: "wasDone");
        var set = Cat(Ready & enables[1], begins & enables[0]);
        pending.Drive((pending ^ Cat(toggles(1), toggles(0))) | set);
        registers.Command(KernelRegisters.InterruptStatus, pending, "InterruptStatus");
        Interrupt.Drive((enabled & pending != 0).RegisteredReset(0, name: "interrupt"));
    }

    /// <summary>Each a module of its own, so that each has its place on the reset's way; they take a written word a cycle later.</summary>
    private void Arguments(AxiLiteRegisters registers)
    {
        var data = registers.Written.Registered(name: "argument");
        Signal Word(int address, string name, int reset)
        {
            var word = Instance(new ArgumentRegister(reset), name);
            word.Takes.Drive((registers.IsWritten(address).Broadcast(registers.Strobe.Lanes) & registers.Strobe).RegisteredReset(0, name: $"{name}_takes"));
            word.Data.Drive(data);
            registers.Command(address, word.Value, name);
            return word.Value;
        }

        foreach (var (argument, port) in Kind(configuration, pointers: false).Zip(Numbers))
        {
            port.Drive(Word(argument.Offset, $"{argument.Name}_word", Reset(argument.Name)));
        }

        foreach (var (argument, port) in Kind(configuration, pointers: true).Zip(Pointers))
        {
            var low = Word(argument.Offset, $"{argument.Name}_low", reset: 0);
            port.Drive(Cat(Word(argument.Offset + 4, $"{argument.Name}_high", reset: 0), low));
        }
    }

    private static int Reset(string argument) => argument switch
    {
        "watchdog" => KernelSequencer.DefaultPatience,
        "ringWatchdog" => KernelSequencer.DefaultRingPatience,
        _ => 0,
    };

    private static List<KernelArgument> Kind(NodeConfiguration c, bool pointers) =>
        [.. KernelRegisters.Arguments(c.Channels).Where(a => a.Port is not null == pointers)];

    private static int Place(NodeConfiguration c, string name, bool pointers) => Kind(c, pointers).FindIndex(a => a.Name == name);
}
