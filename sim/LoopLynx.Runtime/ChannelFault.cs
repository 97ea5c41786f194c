using LoopLynx.Hdl;

namespace LoopLynx.Runtime;

/// <summary>Something that goes wrong once on a memory channel: for tests of what a design does then.</summary>
/// <param name="Kind">What.</param>
/// <param name="Beat">At which beat, counted from the channel's first.</param>
public sealed record ChannelFault(ChannelFaultKind Kind, long Beat)
{
    /// <summary>It has happened.</summary>
    public bool HasHappened { get; private set; }

    /// <summary>The fault is over: what was held back comes.</summary>
    public bool IsOver { get; set; }

    internal bool IsSilent(long beats) => Holds(ChannelFaultKind.SilentReads, beats);

    internal bool IsMute(long beats) => Holds(ChannelFaultKind.SilentWrites, beats);

    internal byte ReadResponse(long beats) => Response(ChannelFaultKind.ReadError, beats);

    internal byte WriteResponse(long beats) => Response(ChannelFaultKind.WriteError, beats);

    private bool Holds(ChannelFaultKind kind, long beats)
    {
        var holds = Kind == kind && !IsOver && beats >= Beat;
        HasHappened |= holds;
        return holds;
    }

    private byte Response(ChannelFaultKind kind, long beats)
    {
        if (Kind != kind || HasHappened || beats < Beat)
        {
            return (byte)AxiResponse.Okay;
        }

        HasHappened = true;
        return (byte)AxiResponse.SubordinateError;
    }
}
