namespace LoopLynx.Accelerator;

/// <summary>
/// The registers behind the kernel's AXI4-Lite port: <c>ap_ctrl_chain</c>, the arguments, and the status of the last start. <c>kernel.xml</c>, the host's
/// header and docs/card.md are made from it.
/// </summary>
/// <remarks>Words of the 4 KiB block that aren't listed read 0 and answer OKAY: XRT writes the block of arguments in one run.</remarks>
public static class KernelRegisters
{
    /// <summary>Name of the kernel.</summary>
    public const string Kernel = "looplynx_node";

    /// <summary>Name of the AXI4-Lite port.</summary>
    public const string ControlPort = "s_axi_control";

    /// <summary>Name of the port of the host's buffers.</summary>
    public const string HostPort = "m_axi_host";

    /// <summary>Name of the ring's input, where there are several nodes.</summary>
    public const string RingInPort = "ring_in";

    /// <summary>Name of the ring's output.</summary>
    public const string RingOutPort = "ring_out";

    /// <summary>Bits of an address of the port: 4 KiB.</summary>
    public const int AddressBits = 12;

    /// <summary>Start, done, idle, ready, continue and interrupt, as XRT knows them.</summary>
    public const int Control = 0x00;

    /// <summary>Global interrupt enable.</summary>
    public const int GlobalInterrupt = 0x04;

    /// <summary>Interrupt enables: done, ready.</summary>
    public const int InterruptEnable = 0x08;

    /// <summary>Interrupt status: done, ready; a 1 that is written toggles its bit.</summary>
    public const int InterruptStatus = 0x0c;

    /// <summary>A 1 that is written ends the token under way.</summary>
    public const int Abort = 0x400;

    /// <summary>The <see cref="KernelFault"/> of the last start, or of the one that is still being drained.</summary>
    public const int Fault = 0x404;

    /// <summary>The channel that it concerns: 0 ... channels - 1, then the host's, then the ring.</summary>
    public const int FaultChannel = 0x408;

    /// <summary>The step that ran: <see cref="LoopLynxNode.CurrentStage"/>.</summary>
    public const int FaultStage = 0x40c;

    /// <summary>The byte address in the channel's memory, low word, then high word; of the ring the flits of the token that had come.</summary>
    public const int FaultAddress = 0x410;

    /// <summary>Cycles of the last start.</summary>
    public const int Cycles = 0x418;

    /// <summary>Version of this map.</summary>
    public const int Version = 0x41c;

    /// <summary>First of four words with a hash of the configuration that the kernel was built for.</summary>
    public const int DesignHash = 0x420;

    /// <summary>The present version.</summary>
    public const int PresentVersion = 4;

    /// <summary>Words that are kept for later arguments.</summary>
    public const int ReservedWords = 6;

    private const int First = 0x10;

    // Behind each argument lies a word that isn't used, as in the kernels of the vendor's own compiler.
    private const int Gap = 4;

    /// <summary>Name of a memory channel's port.</summary>
    public static string MemoryPortName(int channel) => $"m_axi_gmem{channel}";

    /// <summary>The arguments in the order of their numbers.</summary>
    /// <param name="channels">Memory channels of the node.</param>
    public static IReadOnlyList<KernelArgument> Arguments(int channels)
    {
        (string Name, string? Port, string Summary)[] all =
        [
            ("node", null, "number of the node on the ring, from 0"),
            ("nodes", null, "nodes on the ring"),
            ("position", null, "position of the token"),
            ("count", null, "tokens of this start; 1"),
            ("flags", null, "1: a self-test instead of a token; else 0"),
            ("seed", null, "reserved for sampling; 0"),
            ("row", null, "row of the token's embedding in the buffer of embeddings"),
            ("watchdog", null, "cycles that a channel may owe an answer"),
            ("ringWatchdog", null, "cycles without a flit after which the ring is silent"),
            ("epoch", null, "number of the token, the same on all nodes and one more than the last; 8 bits"),
            ("pace", null, "beats a cycle that a channel reads at most, with 16 bits behind the point; 0: no limit"),
            ("testBursts", null, "bursts of 16 beats that a self-test reads of each channel; 20 bits"),
            ("layers", null, "layers of the model that the token runs through, from the first on; 0: all"),
            .. Enumerable.Range(0, ReservedWords).Select(i => ($"reserved{i}", (string?)null, "reserved; 0")),
            ("embeddings", HostPort, "rows of residual values of 32 bits"),
            ("results", HostPort, "the hidden state, and behind it the status"),
            .. Enumerable.Range(0, channels).Select(i => ($"memory{i}", (string?)MemoryPortName(i), $"weights and cache of channel {i}")),
        ];
        var arguments = new List<KernelArgument>();
        var offset = First;
        foreach (var (name, port, summary) in all)
        {
            var argument = new KernelArgument(arguments.Count, name, offset, port, summary);
            arguments.Add(argument);
            offset += argument.Size + Gap;
        }

        return arguments;
    }
}
