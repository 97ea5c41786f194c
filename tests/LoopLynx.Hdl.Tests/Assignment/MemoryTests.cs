using System.Numerics;
using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Assignment;

/// <summary>Memories against arrays: masks, priority of writes, old and new data, addresses past the end, power-up rows.</summary>
public class MemoryTests
{
    [Theory, EveryEngine]
    public void Behaves_as_an_array(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new MemoryModule());
        var bench = new Bench(engine);
        var random = new Random(3);
        var rows = new int[8, 3];
        int[] squares = [0, 1, 4, 9, 16, 25, 36, 0];
        int[] preset = [7, 8, 0, 0, 0, 0, 0, 0];
        var (old, fresh, kept) = (new int[3], new int[3], 7);
        for (var cycle = 0; cycle < 400; cycle++)
        {
            var (write, read) = (random.Next(8), random.Next(3) == 0 ? random.Next(8) : random.Next(3));
            var (enable, second, readEnable) = (random.Next(2) == 1, random.Next(4) == 0, random.Next(4) != 0);
            var data = Enumerable.Range(0, 3).Select(_ => random.Next(-32, 32)).ToArray();
            var mask = Enumerable.Range(0, 3).Select(_ => random.Next(2)).ToArray();
            engine.Poke("WriteAddress", write);
            engine.PokeLanes("WriteData", [.. data.Select(d => (BigInteger)d)]);
            engine.Poke("WriteEnable", enable ? 1 : 0);
            engine.PokeLanes("Mask", [.. mask.Select(m => (BigInteger)m)]);
            engine.Poke("Second", second ? 1 : 0);
            engine.Poke("ReadAddress", read);
            engine.Poke("ReadEnable", readEnable ? 1 : 0);

            bench.ExpectLanes("Now", Row(rows, read));
            bench.ExpectLanes("Old", [.. old.Select(v => (BigInteger)v)]);
            bench.ExpectLanes("New", [.. fresh.Select(v => (BigInteger)v)]);
            bench.Expect("Table", squares[read]);
            bench.Expect("Preset", kept);
            bench.Step();

            kept = preset[read];
            preset[0] = second ? 3 : preset[0];
            for (var lane = 0; lane < 3; lane++)
            {
                old[lane] = readEnable ? rows[read, lane] : old[lane];
                rows[write, lane] = enable && write < MemoryModule.Depth && mask[lane] == 1 ? data[lane] : rows[write, lane];
                rows[read, lane] = second && read < MemoryModule.Depth ? -1 : rows[read, lane];
                fresh[lane] = readEnable ? rows[read, lane] : fresh[lane];
            }
        }
    }

    private static BigInteger[] Row(int[,] rows, int row) => [rows[row, 0], rows[row, 1], rows[row, 2]];
}
