namespace LoopLynx.Accelerator;

/// <summary>An argument of the kernel: a register that the host writes before a start.</summary>
/// <param name="Id">Its number for the host's <c>set_arg</c>: dense, from 0.</param>
/// <param name="Name">Its name in <c>kernel.xml</c> and on the linker's lines.</param>
/// <param name="Offset">Byte address in the control port.</param>
/// <param name="Port">The AXI port whose memory it points to; null for a number.</param>
/// <param name="Summary">What it means.</param>
public sealed record KernelArgument(int Id, string Name, int Offset, string? Port, string Summary)
{
    /// <summary>Bytes: a pointer has 64 bits, a number 32.</summary>
    public int Size => Port is null ? 4 : 8;
}
