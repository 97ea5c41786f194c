using LoopLynx.Accelerator;

namespace LoopLynx.Runtime;

/// <summary>The ports of a <see cref="LoopLynxKernel"/>: the only place outside the hardware that knows their names.</summary>
public static class KernelPorts
{
    /// <summary>The control port's prefix.</summary>
    public const string Control = KernelRegisters.ControlPort;

    /// <summary>The host's buffers.</summary>
    public static ChannelPorts Host { get; } = new("host", KernelRegisters.HostPort);

    /// <summary>A memory channel.</summary>
    public static ChannelPorts Channel(int number) => new($"channel{number}", KernelRegisters.MemoryPortName(number));
}
