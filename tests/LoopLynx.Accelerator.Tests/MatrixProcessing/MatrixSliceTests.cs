using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.MatrixProcessing;

/// <summary>Dot products of rows of any length, one or two at a time, with gaps between the beats, against <see cref="Int8Dot"/>.</summary>
public class MatrixSliceTests
{
    [Theory]
    [InProcess(4)]
    [InProcess(8)]
    [InProcess(32)]
    [InProcess(4, 2)]
    [InProcess(32, 2)]
    public void Equals_the_golden_dot_product(EngineKind kind, int lanes, int rows = 1)
    {
        var random = new Random(lanes);
        using var engine = Engines.Create(kind, new MatrixSlice(lanes, rows));
        var bench = new Bench(engine);
        var due = new Queue<(long Cycle, int[] Sums)>();
        string Port(string name, int row) => rows == 1 ? name : $"{name}{row}";
        foreach (var beats in new[] { 1, 1, 2, 3, 7, 1, 16, 4, 1, 128 })
        {
            var weights = Enumerable.Range(0, rows).Select(_ => random.Int8(beats * lanes)).ToArray();
            var activations = random.Int8(beats * lanes);
            if (beats == 128)
            {
                Array.Fill(weights[0], (sbyte)-127);
                Array.Fill(activations, (sbyte)127);
            }

            for (var beat = 0; beat < beats; beat++)
            {
                while (random.Next(3) == 0)
                {
                    Step(bench, due, valid: false);
                }

                engine.Poke("First", beat == 0 ? 1 : 0);
                engine.Poke("Last", beat == beats - 1 ? 1 : 0);
                for (var row = 0; row < rows; row++)
                {
                    engine.PokeLanes(Port("Weights", row), Values.Big(weights[row].Skip(beat * lanes).Take(lanes)));
                }

                engine.PokeLanes("Activations", Values.Big(activations.Skip(beat * lanes).Take(lanes)));
                if (beat == beats - 1)
                {
                    var sums = weights.Select(w => IntegerLinear.Accumulate(w, [.. activations.Select(a => (short)a)]));
                    due.Enqueue((engine.Cycle + MatrixSlice.Latency(lanes, rows), [.. sums]));
                }

                Step(bench, due, valid: true);
            }
        }

        while (due.Count > 0)
        {
            Step(bench, due, valid: false);
        }
    }

    // A sum shows in its cycle, and in no other.
    private static void Step(Bench bench, Queue<(long Cycle, int[] Sums)> due, bool valid)
    {
        bench.Engine.Poke("Valid", valid ? 1 : 0);
        var isDue = due.TryPeek(out var next) && next.Cycle == bench.Engine.Cycle;
        bench.Expect("Done", isDue ? 1 : 0);
        if (isDue)
        {
            var sums = due.Dequeue().Sums;
            for (var row = 0; row < sums.Length; row++)
            {
                bench.Expect(sums.Length == 1 ? "Sum" : $"Sum{row}", sums[row]);
            }
        }

        bench.Step();
    }
}
