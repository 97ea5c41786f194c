using System.Runtime.CompilerServices;

namespace LoopLynx.Accelerator;

/// <summary>What the kernel says of its last start: ports of the module that has the bundle.</summary>
public sealed class KernelStatus : IPortBundle
{
    /// <summary>Bits of the numbers of channels and steps.</summary>
    public const int NumberBits = 8;

    /// <summary>Declares the ports.</summary>
    /// <param name="configuration">The node.</param>
    /// <param name="name">Prefix of the ports.</param>
    /// <param name="isOutput">The module gives the status.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    public KernelStatus(NodeConfiguration configuration, string name, bool isOutput, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Signal Port(HdlType type, string field) => isOutput ? Output(type, $"{name}_{field}", file, line) : Input(type, $"{name}_{field}", file, line);
        Fault = Port(ChannelGuard.FaultType, "fault");
        Channel = Port(UInt(NumberBits), "channel");
        Stage = Port(UInt(NumberBits), "stage");
        Address = Port(UInt(MemoryPort.AddressBits), "address");
        Cycles = Port(UInt(ChannelGuard.CountBits), "cycles");
    }

    /// <summary>A <see cref="KernelFault"/>.</summary>
    public Signal Fault { get; }

    /// <summary>The channel that it concerns.</summary>
    public Signal Channel { get; }

    /// <summary>The step that ran.</summary>
    public Signal Stage { get; }

    /// <summary>The address in the memory.</summary>
    public Signal Address { get; }

    /// <summary>Cycles from the start to the end.</summary>
    public Signal Cycles { get; }

    /// <inheritdoc/>
    public IEnumerable<object> Members => [Fault, Channel, Stage, Address, Cycles];

    /// <summary>Connects.</summary>
    public void Drive(KernelStatus source)
    {
        foreach (var (to, from) in Members.Cast<Signal>().Zip(source.Members.Cast<Signal>()))
        {
            to.Drive(from);
        }
    }
}
