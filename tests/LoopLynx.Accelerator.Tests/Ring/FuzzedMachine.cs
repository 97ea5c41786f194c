using System.Runtime.InteropServices;
using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Cli.Simulation;
using LoopLynx.Sim.Memory;

namespace LoopLynx.Accelerator.Tests.Ring;

/// <summary>One machine whose every stream the test can hold back, and the golden hidden states and memory of a few tokens: one engine for many seeds.</summary>
internal sealed class FuzzedMachine : IDisposable
{
    private const int Past = 3;
    private const int Tokens = 2;

    // Far more than all bursts of stalls in a row.
    private const int Patience = 20_000;

    private readonly NodeConfiguration _c;
    private readonly IEngine _engine;
    private readonly byte[][] _before;
    private readonly byte[][] _after;
    private readonly int[][] _embeddings;
    private readonly int[][] _hidden;
    private readonly PortSlot _tokenValid, _tokenData, _tokenReady, _embeddingValid, _embeddingData, _embeddingReady, _hiddenValid, _hiddenData, _hiddenReady, _writeFailed;
    private readonly PortSlot[] _linkOpen, _readReady, _writeReady, _stages;

    /// <param name="configuration">The machine.</param>
    /// <param name="ring">Another ring than the right one.</param>
    public FuzzedMachine(NodeConfiguration configuration, StallingRing? ring = null)
    {
        _c = configuration.Validated();
        _engine = Engines.Create(EngineKind.Compiled, ring ?? new StallingRing(_c));
        PortSlot Port(string name) => new(_engine, name);
        PortSlot[] Ports(int count, Func<int, string> name) => [.. Enumerable.Range(0, count).Select(i => Port(name(i)))];
        (_tokenValid, _tokenData, _tokenReady) = (Port("Token_valid"), Port("Token_data"), Port("Token_ready"));
        (_embeddingValid, _embeddingData, _embeddingReady) = (Port("Embedding_valid"), Port("Embedding_data"), Port("Embedding_ready"));
        (_hiddenValid, _hiddenData, _hiddenReady) = (Port("Hidden_valid"), Port("Hidden_data"), Port("Hidden_ready"));
        _writeFailed = Port("WriteFailed");
        _linkOpen = Ports(_c.Nodes, i => $"LinkOpen{i}");
        _stages = Ports(_c.Nodes, i => $"Stage{i}");
        _readReady = Ports(_c.Nodes * _c.Channels, i => $"Channel{i}_ar_ready");
        _writeReady = Ports(_c.Nodes * _c.Channels, i => $"Channel{i}_w_ready");

        var model = new TestModel(_c);
        var golden = new GoldenModel(model.Model);
        golden.Cache.FillSynthetic(Past, seed: 5);
        Machine.WriteCache(model.Image, model.Map, golden.Cache, Past);
        _before = [.. model.Image.Select(channel => (byte[])channel.Clone())];
        _embeddings = [.. Enumerable.Range(0, Tokens).Select(i => model.Model.Embed(i + 1, Past + i).ToArray())];
        _hidden = [.. _embeddings.Select((embedding, i) => golden.Step(embedding, Past + i).ToArray())];
        Machine.WriteCache(model.Image, model.Map, golden.Cache, Past + Tokens);
        _after = model.Image;
    }

    /// <summary>Cycles of all seeds so far.</summary>
    public long Cycles { get; private set; }

    public void Dispose() => _engine.Dispose();

    /// <summary>Runs the tokens with the stalls of a seed; what went wrong, or null.</summary>
    public string? Run(int seed)
    {
        var random = new Random(seed);
        byte[][] memory = [.. _before.Select(channel => (byte[])channel.Clone())];
        AxiChannel[] channels = [.. memory.Select((bytes, i) => new AxiChannel(_engine, $"Channel{i}", bytes, Timing(random), random.Next()))];
        Stall[] Stalls(int count) => [.. Enumerable.Range(0, count).Select(_ => new Stall(random))];
        var (host, links, reads, writes) = (Stalls(3), Stalls(_c.Nodes), Stalls(channels.Length), Stalls(channels.Length));
        var start = 0L;
        string Story(string what) => $"{_c}, seed {seed}, cycle {_engine.Cycle - start}: {what}; token, embedding, hidden stall {string.Join(", ", host.Select(s => $"{s}"))}, links {string.Join(", ", links.Select(s => $"{s}"))}";

        _engine.ResetAll();
        start = _engine.Cycle;
        var (lanes, packets) = (_c.PacketLanes, _c.Embed / _c.PacketLanes);
        var (tokens, embeddings, hidden, tokenOffered, embeddingOffered) = (0, 0, 0, false, false);
        var (moved, idle) = (0L, 0);
        while (hidden < Tokens * packets)
        {
            var ports = new PortBlock(_engine);
            foreach (var channel in channels)
            {
                channel.Drive();
            }

            for (var i = 0; i < channels.Length; i++)
            {
                Hold(ports, _readReady[i], reads[i].Next());
                Hold(ports, _writeReady[i], writes[i].Next());
            }

            // A beat that was offered stays offered.
            tokenOffered = tokens < Tokens && (tokenOffered || !host[0].Next());
            embeddingOffered = embeddings < Tokens * packets && (embeddingOffered || !host[1].Next());
            ports.Drive(_tokenValid, tokenOffered);
            ports.Input(_tokenData)[0] = (byte)(Past + tokens);
            ports.Drive(_embeddingValid, embeddingOffered);
            if (embeddingOffered)
            {
                _embeddings[embeddings / packets].AsSpan(embeddings % packets * lanes, lanes).CopyTo(MemoryMarshal.Cast<byte, int>(ports.Input(_embeddingData)));
            }

            ports.Drive(_hiddenReady, !host[2].Next());
            for (var i = 0; i < links.Length; i++)
            {
                ports.Drive(_linkOpen[i], !links[i].Next());
            }

            _engine.Settle();
            foreach (var channel in channels)
            {
                channel.Sample();
            }

            if (tokenOffered && ports.IsHigh(_tokenReady))
            {
                (tokens, tokenOffered) = (tokens + 1, false);
            }

            if (embeddingOffered && ports.IsHigh(_embeddingReady))
            {
                (embeddings, embeddingOffered) = (embeddings + 1, false);
            }

            if (ports.IsHigh(_hiddenValid) && ports.Input(_hiddenReady)[0] == 1)
            {
                var (token, packet) = (hidden / packets, hidden % packets);
                if (!MemoryMarshal.Cast<byte, int>(ports.Output(_hiddenData))[..lanes].SequenceEqual(_hidden[token].AsSpan(packet * lanes, lanes)))
                {
                    return Story($"packet {packet} of token {token}'s hidden state differs from the golden model");
                }

                hidden++;
            }

            var now = tokens + embeddings + hidden + channels.Sum(channel => channel.BeatsRead + channel.BeatsWritten);
            idle = now == moved ? idle + 1 : 0;
            moved = now;
            if (idle > Patience)
            {
                return Story($"nothing has moved for {Patience} cycles, the nodes are in {string.Join(", ", StageNames())}");
            }

            if (ports.IsHigh(_writeFailed))
            {
                return Story("a KV write failed");
            }

            try
            {
                _engine.Tick();
            }
            catch (AssertionFailedException e)
            {
                return Story(e.Message);
            }
        }

        Cycles += _engine.Cycle - start;
        return memory.Zip(_after).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)) ? null : Story("the KV cache in memory differs from the golden model's");
    }

    private static void Hold(in PortBlock ports, in PortSlot ready, bool hold)
    {
        if (hold)
        {
            ports.Drive(ready, false);
        }
    }

    // Data and answers stall with the memory's own figures; bursts of stalls are refreshes.
    private static ChannelTiming Timing(Random random) => new("fuzz", random.Pick(1, 5, 64))
    {
        StallProbability = random.Pick(0, 0, 0.2, 0.5, 0.8),
        LatencyJitter = random.Pick(0, 10, 200),
        RefreshInterval = random.Pick(0, 300, 1111),
        RefreshCycles = random.Pick(20, 200),
    };

    private IEnumerable<string> StageNames()
    {
        var names = new List<string>();
        foreach (var stage in _stages)
        {
            names.Add($"{(Stage)new PortBlock(_engine).Output(stage)[0]}");
        }

        return names;
    }
}
