using LoopLynx.Hdl;

namespace LoopLynx.Runtime;

/// <summary>Something that goes wrong once on a memory channel: for tests of what a design does then.</summary>
/// <param name="Kind">What.</param>
/// <param name="Beat">At which beat, counted from the channel's first.</param>
public sealed record ChannelFault(ChannelFaultKind Kind, long Beat)
{
    private bool _used;

    /// <summary>The fault is over: what was held back comes.</summary>
    public bool IsOver { get; set; }

    internal bool IsSilent(long beats) => Kind == ChannelFaultKind.SilentReads && !IsOver && beats >= Beat;

    internal bool IsMute(long beats) => Kind == ChannelFaultKind.SilentWrites && !IsOver && beats >= Beat;

    internal byte ReadResponse(long beats) => Response(ChannelFaultKind.ReadError, beats);

    internal byte WriteResponse(long beats) => Response(ChannelFaultKind.WriteError, beats);

    private byte Response(ChannelFaultKind kind, long beats)
    {
        if (Kind != kind || _used || beats < Beat)
        {
            return (byte)AxiResponse.Okay;
        }

        _used = true;
        return (byte)AxiResponse.SubordinateError;
    }
}
