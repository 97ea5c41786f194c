namespace LoopLynx.Synthesis.Timing;

/// <summary>What reaches an endpoint.</summary>
public enum EndpointState : byte
{
    /// <summary>Only constants.</summary>
    Constant,

    /// <summary>A register or an input of the machine.</summary>
    Timed,

    /// <summary>A net that nothing drives, or its clock isn't the machine's: nothing can be said, which is an error.</summary>
    Untimed,
}
