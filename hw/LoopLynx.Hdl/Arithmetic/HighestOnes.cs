namespace LoopLynx.Hdl;

/// <summary>The most significant 1 of wide values.</summary>
public static class HighestOnes
{
    /// <summary>Register levels of <see cref="HighestOnePipelined"/>.</summary>
    public const int Levels = 3;

    private const int GroupBits = 3;

    /// <summary>
    /// Index of the most significant 1 of an unsigned scalar, as <see cref="SignalArithmetic.HighestOne"/>, in <see cref="Levels"/> register levels,
    /// free-running, a value a cycle: in each group
    /// of eight bits; the highest group with a 1; that group's.
    /// </summary>
    public static Signal HighestOnePipelined(this Signal a)
    {
        var bits = Sizes.AddressBits(a.Width);
        var groups = (a.Width + (1 << GroupBits) - 1) >> GroupBits;
        var parts = a.Extend(groups << GroupBits).AsLanes(Hardware.UInt(1 << GroupBits).Lanes(groups));
        var places = parts.HighestOne().Registered(name: "places");
        var any = (parts != 0).Registered(name: "any");
        var group = any.AsBits().HighestOne().Registered(name: "group");
        var place = groups == 1 ? places.Registered() : places.Registered().SelectLanes(group, 1);
        return (groups == 1 ? place : Hardware.Cat(group, place)).Resize(bits).Registered(name: "highest");
    }
}
