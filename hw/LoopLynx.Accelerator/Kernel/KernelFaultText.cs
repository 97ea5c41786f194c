namespace LoopLynx.Accelerator;

/// <summary>What a <see cref="KernelFault"/> means, for whoever reads it: one line each.</summary>
public static class KernelFaultText
{
    /// <summary>The line.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such fault.</exception>
    public static string Of(KernelFault fault) => fault switch
    {
        KernelFault.None => "the hidden state is in the buffer of results",
        KernelFault.ReadError => "a memory channel has answered a read with an error",
        KernelFault.WriteError => "a memory channel has answered a write with an error",
        KernelFault.SilentChannel => "a memory channel owes an answer for longer than the watchdog waits",
        KernelFault.EmbeddingRange => "a value of the embedding doesn't fit the residual",
        KernelFault.BadArgument => "an argument is outside what this kernel was built for",
        KernelFault.Aborted => "the host has ended the token",
        KernelFault.RingAltered => "a flit of the ring isn't what was sent",
        KernelFault.RingSequence => "a flit of the ring is missing, or has come twice",
        KernelFault.RingSilent => "no flit has come from the ring for longer than its watchdog waits",
        KernelFault.RingEnded => "another node has ended the token: its report says why",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "no such fault"),
    };
}
