using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Fuzz.Designs;

/// <summary>A chain of stream combinators that keeps the type of its beats.</summary>
public sealed class RandomStream(HdlType type, int[] links) : Module
{
    /// <summary>Kinds of links.</summary>
    public const int Kinds = 12;

    public readonly StreamIn<Signal> Source = In(type);
    public readonly StreamOut<Signal> Sink = Out(type);
    public readonly Signal Open = Input(Bit);

    /// <summary>Places a chain between values of the pool, which don't keep to the rules of streams.</summary>
    public static IEnumerable<Signal> Place(Random random, SignalPool pool, int step)
    {
        var type = RandomTypes.Next(random);
        var links = Enumerable.Range(0, 1 + random.Next(4)).Select(_ => random.Next(Kinds)).ToArray();
        var chain = Instance(new RandomStream(type, links), $"chain{step}");
        chain.Source.Valid.Drive(pool.PickBit());
        chain.Source.Data.Drive(pool.PickAs(type));
        chain.Sink.Ready.Drive(pool.PickBit());
        chain.Open.Drive(pool.PickBit());
        return [chain.Source.Ready, chain.Sink.Valid, chain.Sink.Data];
    }

    protected override void Build()
    {
        Stream<Signal> stream = Source;
        foreach (var (i, link) in links.Index())
        {
            stream = Link(stream, link, i);
        }

        Sink.Drive(stream);
    }

    private Stream<Signal> Link(Stream<Signal> stream, int link, int i)
    {
        var bit = stream.Data.Lane(0)[0];
        switch (link)
        {
            case 0:
                return stream.Stage($"stage{i}");
            case 1:
                return stream.Skid($"skid{i}");
            case 2:
                return stream.Isolate($"isolate{i}");
            case 3:
                return stream.Fifo(5, name: $"fifo{i}");
            case 4:
                return stream.Map(data => ~data);
            case 5:
                return stream.Gate(Open, $"gate{i}");
            case 6:
                return stream.DropWhen(bit, $"drop{i}");
            case 7:
                return stream.Widen(2, $"widen{i}").Narrow(2, $"narrow{i}");
            case 8:
                return stream.Pipeline(2, data => data.Registered().Registered(), $"pipeline{i}");
            case 9:
                var both = stream.Fork(2, $"fork{i}");
                return both[0].Stage($"upper{i}").Join(both[1].Skid($"lower{i}"), $"join{i}").Map(pair => pair.First ^ ~pair.Second);
            case 10:
                return StreamRouting.Arbitrate(stream.Demultiplex(bit, 2, $"demux{i}"), $"arbiter{i}");
            default:
                return stream.Fifo(1, name: $"single{i}");
        }
    }
}
