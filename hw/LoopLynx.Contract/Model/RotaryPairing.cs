namespace LoopLynx.Contract;

/// <summary>Which two dimensions of a head are rotated together.</summary>
public enum RotaryPairing
{
    /// <summary>2i and 2i + 1, as GGUF files have their rows.</summary>
    Adjacent,

    /// <summary>i and i + d / 2, as safetensors files have them.</summary>
    Halves,
}
