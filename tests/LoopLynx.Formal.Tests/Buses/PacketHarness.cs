using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Formal.Tests.Buses;

/// <summary>An AXI4-Stream through a skid buffer, or a stage, or both.</summary>
internal sealed class PacketHarness(string through) : Module
{
    private static readonly AxiStreamFormat Format = new(UInt(8)) { HasKeep = true, HasStrobe = true, IdBits = 1 };

    /// <summary>From the environment.</summary>
    public readonly AxiStream SAxis = AxiStream.Subordinate(Format);

    /// <summary>To the environment.</summary>
    public readonly AxiStream MAxis = AxiStream.Manager(Format);

    /// <inheritdoc/>
    protected override void Build()
    {
        SAxis.CheckProtocol();
        MAxis.Drive(through switch
        {
            "skid" => SAxis.Skid(),
            "stage" => SAxis.Stage(),
            _ => SAxis.Isolate(),
        });
        MAxis.CheckProtocol();
    }
}
