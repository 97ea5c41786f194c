using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Attention;

/// <summary>The exact order of attention's steps, with and without the head pipeline, for heads of every width.</summary>
public class HeadSequencerTests
{
    [Theory]
    [InProcess(nameof(Small.Equal))]
    [InProcess(nameof(Small.Narrow))]
    [InProcess(nameof(Small.Wide))]
    [InProcess(nameof(Small.OneChannel))]
    [InProcess(nameof(Small.ThreeHeads))]
    [InProcess(nameof(Small.Groups))]
    [InProcess("EqualSerial")]
    [InProcess("NarrowSerial")]
    [InProcess("WideSerial")]
    public void Walks_the_heads_in_order(EngineKind kind, string name) => Check(kind, Small.Named(name), HeadPhases.Both);

    [Theory]
    [InProcess(nameof(Small.Split), HeadPhases.Keys)]
    [InProcess(nameof(Small.Split), HeadPhases.Values)]
    [InProcess(nameof(Small.SplitNarrow), HeadPhases.Keys)]
    [InProcess(nameof(Small.SplitNarrow), HeadPhases.Values)]
    [InProcess("SplitSerial", HeadPhases.Keys)]
    [InProcess("SplitSerial", HeadPhases.Values)]
    public void Walks_keys_and_values_on_their_own(EngineKind kind, string name, HeadPhases phases) => Check(kind, Small.Named(name), phases);

    private static void Check(EngineKind kind, NodeConfiguration c, HeadPhases phases)
    {
        using var engine = Engines.Create(kind, new HeadSequencer(c, phases));
        foreach (var position in AttentionOrder.Positions(c))
        {
            var bench = new Bench(engine, seed: position + 1);
            engine.Poke("Position", position);
            var steps = AttentionOrder.Phases(c, phases).SelectMany(phase => Steps(c, phase, position)).ToArray();
            var sink = bench.Collect("Steps", [.. steps, .. steps], stallPercent: 30);
            bench.Pulse("Start");
            bench.Run(10_000, () => sink.Count == steps.Length);
            bench.Pulse("Start");
            bench.RunToEnd();
        }
    }

    private static IEnumerable<Beat> Steps(NodeConfiguration c, Phase phase, int position)
    {
        var (parts, memoryRows) = (c.RowsPerPosition, (position + c.PositionsPerRow - 1) / c.PositionsPerRow);
        Beat Step(int row, int part)
        {
            var (last, lastPart) = (row == memoryRows, part == parts - 1);
            return Of(phase.Head, phase.IsValue, part, row, last, phase.IsValue ? row == 0 : part == 0, phase.IsValue ? last : lastPart, last && lastPart);
        }

        var rows = Enumerable.Range(0, memoryRows + 1);
        return phase.IsValue
            ? Enumerable.Range(0, parts).SelectMany(part => rows.Select(row => Step(row, part)))
            : rows.SelectMany(row => Enumerable.Range(0, parts).Select(part => Step(row, part)));
    }

    private static Beat Of(int head, bool isValue, int part, int row, bool current, bool first, bool last, bool end) =>
        Beat.Of(head, isValue ? 1 : 0, part, row, current ? 1 : 0, row == 0 && part == 0 ? 1 : 0, first ? 1 : 0, last ? 1 : 0, end ? 1 : 0);
}
