using System.Runtime.InteropServices;

namespace LoopLynx.Runtime;

/// <summary>How a start of a unit of a card has ended: <c>looplynx_status</c> of the host's C interface.</summary>
/// <param name="Fault">A <see cref="LoopLynx.Accelerator.KernelFault"/>.</param>
/// <param name="Channel">The channel that it concerns.</param>
/// <param name="Stage">The step that ran.</param>
/// <param name="Cycles">Cycles from the start to the end.</param>
/// <param name="Address">The address that it concerns.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct CardStatus(uint Fault, uint Channel, uint Stage, uint Cycles, ulong Address);
