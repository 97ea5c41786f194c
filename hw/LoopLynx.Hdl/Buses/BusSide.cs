namespace LoopLynx.Hdl;

/// <summary>The two ends of a bus.</summary>
public enum BusSide
{
    /// <summary>Makes the requests: a master, or the transmitter of a stream.</summary>
    Manager,

    /// <summary>Answers them: a slave, or the receiver of a stream.</summary>
    Subordinate,
}
