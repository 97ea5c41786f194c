namespace LoopLynx.Card;

/// <summary>What the linker connects an interface of the kernel to.</summary>
public enum InterfaceKind
{
    /// <summary>The host's registers: AXI4-Lite.</summary>
    Control,

    /// <summary>A bank of memory: AXI4, the kernel makes requests.</summary>
    Memory,

    /// <summary>A stream from another unit: AXI4-Stream.</summary>
    StreamIn,

    /// <summary>A stream to another unit.</summary>
    StreamOut,
}
