using System.Numerics;

namespace LoopLynx.Hdl;

/// <summary>The plain value of a payload: what a test bench feeds into a stream and takes out of it.</summary>
public interface IPayloadValue<TSelf> where TSelf : IPayloadValue<TSelf>
{
    /// <summary>For each signal in port order one integer a lane.</summary>
    IReadOnlyList<BigInteger[]> Lanes { get; }

    /// <summary>The value with these integers.</summary>
    static abstract TSelf FromLanes(IReadOnlyList<BigInteger[]> lanes);
}
