namespace LoopLynx.Accelerator;

/// <summary>Why a start of the kernel has ended. The numbers are the host's too: they don't change.</summary>
public enum KernelFault
{
    /// <summary>The hidden state is in the result buffer.</summary>
    None = 0,

    /// <summary>A memory channel has answered a read with an error.</summary>
    ReadError = 1,

    /// <summary>A memory channel has answered a write with an error.</summary>
    WriteError = 2,

    /// <summary>A memory channel owes an answer for longer than the watchdog waits.</summary>
    SilentChannel = 3,

    /// <summary>A value of the embedding doesn't fit the residual.</summary>
    EmbeddingRange = 4,

    /// <summary>An argument is outside what this kernel was built for.</summary>
    BadArgument = 5,

    /// <summary>The host has ended the token.</summary>
    Aborted = 6,

    /// <summary>A flit of the ring isn't what was sent.</summary>
    RingAltered = 7,

    /// <summary>A flit of the ring is missing, or has come twice.</summary>
    RingSequence = 8,

    /// <summary>No flit has come from the ring for longer than its watchdog waits.</summary>
    RingSilent = 9,

    /// <summary>Another node has ended the token.</summary>
    RingEnded = 10,
}
