namespace LoopLynx.Runtime;

/// <summary>What can go wrong on a memory channel.</summary>
public enum ChannelFaultKind
{
    /// <summary>A beat is delivered with an error.</summary>
    ReadError,

    /// <summary>A write is answered with an error.</summary>
    WriteError,

    /// <summary>From a beat on none is delivered.</summary>
    SilentReads,

    /// <summary>From a beat on no write is answered.</summary>
    SilentWrites,
}
