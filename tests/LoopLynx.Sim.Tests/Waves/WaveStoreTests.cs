using LoopLynx.Hdl;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Tests.Support;
using LoopLynx.Sim.Waves;

namespace LoopLynx.Sim.Tests.Waves;

/// <summary>A wave file has its name only when it is closed, keeps a limit, and ends with what the disk could hold.</summary>
public sealed class WaveStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("looplynx-waves-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("run.vcd")]
    [InlineData("run.fst")]
    public void A_file_is_partial_until_it_is_closed(string name)
    {
        File.WriteAllText(Partial(name), "left by a process that was killed");
        using (var engine = Start())
        using (var waves = WaveWriter.Create(engine, At(name)))
        {
            waves.Sample();
            Assert.Equal([name + ".partial"], Names());
        }

        Assert.Equal([name], Names());
    }

    [Fact]
    public void With_a_limit_the_newest_cycles_stay()
    {
        const int limit = 20_000;
        using var engine = Start();
        using var waves = new VcdWriter(engine, At("run.vcd"), new WaveOptions { SizeLimit = limit });
        for (var cycle = 0; cycle <= 2_000; cycle++)
        {
            waves.Sample();
            engine.Tick();
        }

        waves.Dispose();
        waves.Dispose();
        var (first, last) = waves.Held!.Value;
        Assert.True(waves.HasDropped);
        Assert.InRange(first, 1, 1_990);
        Assert.Equal(2_000, last);
        Assert.InRange(new FileInfo(At("run.vcd")).Length, limit / 4, limit);
        var file = new VcdFile(File.ReadAllText(At("run.vcd")));
        using var again = Start();
        for (var cycle = 0; cycle <= 2_000; cycle++)
        {
            if (cycle >= first)
            {
                var time = cycle * WaveWriter.CycleTime;
                Assert.Equal(again.PeekNet("Wide")[0], file.At("WaveDesign.Wide", time));
                Assert.Equal(again.PeekNet("child.sum")[1] & 0xff, file.At("WaveDesign.child.sum.lane1", time));
            }

            again.Tick();
        }
    }

    [Fact]
    public void A_limit_that_is_not_reached_drops_nothing()
    {
        using var engine = Start();
        using var waves = new VcdWriter(engine, At("run.vcd"), new WaveOptions { SizeLimit = 1 << 20 });
        for (var cycle = 0; cycle < 10; cycle++)
        {
            waves.Sample();
            engine.Tick();
        }

        waves.Dispose();
        Assert.Equal((0L, 9L), waves.Held);
        Assert.False(waves.HasDropped);
    }

    [Fact]
    public void A_full_disk_ends_the_file_with_the_last_cycles_that_fitted()
    {
        using var engine = Start();
        using var disk = new SmallDisk(10_000);
        using var waves = new FstWriter(engine, disk) { BlockSize = 200 };
        Assert.Throws<IOException>(() =>
        {
            for (var cycle = 0; cycle < 10_000; cycle++)
            {
                waves.Sample();
                engine.Tick();
            }
        });
        waves.Sample();
        waves.Dispose();
        Assert.InRange(waves.Held!.Value.Last, 1, 9_000);
        Assert.InRange(disk.Length, 1_000, 10_000);
    }

    private static InterpretedEngine Start()
    {
        var engine = new InterpretedEngine(Elaborator.Elaborate(new WaveDesign()));
        engine.PokeLanes("Step", [1, 2, 3]);
        return engine;
    }

    private string At(string name) => Path.Combine(_folder, name);

    private string Partial(string name) => At(name) + ".partial";

    private string[] Names() => [.. Directory.GetFileSystemEntries(_folder).Select(path => Path.GetFileName(path)!)];

    /// <summary>A stream that holds so many bytes and no more.</summary>
    private sealed class SmallDisk(int bytes) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Position + count > bytes)
            {
                throw new IOException("No space left on device");
            }

            base.Write(buffer, offset, count);
        }

        public override long Length => CanRead ? base.Length : ToArray().Length;
    }
}
