using LoopLynx.Runtime;
using LoopLynx.Sim.Ports;

namespace LoopLynx.Accelerator.Tests.Ring;

/// <summary>Holds back every stream of a machine as a seed decides: the host's three, reads, addresses and data of writes of every channel, every link.</summary>
internal sealed class StallProbe : CycleProbe
{
    private readonly IEngine _engine;
    private readonly PortSlot _tokenValid, _tokenReady, _embeddingValid, _embeddingReady, _hiddenReady;
    private readonly PortSlot[] _reads, _addresses, _writes, _links;
    private readonly Stall[] _hostStalls, _readStalls, _addressStalls, _writeStalls, _linkStalls;
    private bool _tokenOffered, _embeddingOffered;

    public StallProbe(IEngine engine, NodeConfiguration configuration, Random random)
    {
        _engine = engine;
        PortSlot Port(string name) => new(engine, name);
        PortSlot[] Ports(int count, Func<int, string> name) => [.. Enumerable.Range(0, count).Select(i => Port(name(i)))];
        Stall[] Stalls(int count) => [.. Enumerable.Range(0, count).Select(_ => new Stall(random))];
        var host = MachinePorts.Host;
        (_tokenValid, _tokenReady, _hiddenReady) = (Port(host.TokenValid), Port(host.TokenReady), Port(host.HiddenReady));
        (_embeddingValid, _embeddingReady) = (Port(host.EmbeddingValid), Port(host.EmbeddingReady));
        var channels = configuration.Nodes * configuration.Channels;
        _reads = Ports(channels, i => MachinePorts.Channel(i)["arready"]);
        _addresses = Ports(channels, i => MachinePorts.Channel(i)["awready"]);
        _writes = Ports(channels, i => MachinePorts.Channel(i)["wready"]);
        _links = Ports(configuration.Nodes, StallingLink.Port);
        (_hostStalls, _linkStalls) = (Stalls(3), Stalls(configuration.Nodes));
        (_readStalls, _addressStalls, _writeStalls) = (Stalls(channels), Stalls(channels), Stalls(channels));
    }

    public override void Driven()
    {
        var ports = new PortBlock(_engine);
        Hold(ports, _reads, _readStalls);
        Hold(ports, _addresses, _addressStalls);
        Hold(ports, _writes, _writeStalls);
        for (var i = 0; i < _links.Length; i++)
        {
            ports.Drive(_links[i], !_linkStalls[i].Next());
        }

        // A beat that was offered stays offered.
        _tokenOffered = ports.Input(_tokenValid)[0] != 0 && (_tokenOffered || !_hostStalls[0].Next());
        _embeddingOffered = ports.Input(_embeddingValid)[0] != 0 && (_embeddingOffered || !_hostStalls[1].Next());
        ports.Drive(_tokenValid, _tokenOffered);
        ports.Drive(_embeddingValid, _embeddingOffered);
        ports.Drive(_hiddenReady, !_hostStalls[2].Next());
    }

    public override void Settled()
    {
        var ports = new PortBlock(_engine);
        _tokenOffered &= !ports.IsHigh(_tokenReady);
        _embeddingOffered &= !ports.IsHigh(_embeddingReady);
    }

    /// <summary>For the message of a failure.</summary>
    public override string ToString() =>
        $"token, embedding, hidden stall {string.Join(", ", _hostStalls.Select(s => $"{s}"))}, links {string.Join(", ", _linkStalls.Select(s => $"{s}"))}";

    private static void Hold(in PortBlock ports, PortSlot[] readies, Stall[] stalls)
    {
        for (var i = 0; i < readies.Length; i++)
        {
            if (stalls[i].Next())
            {
                ports.Drive(readies[i], false);
            }
        }
    }
}
