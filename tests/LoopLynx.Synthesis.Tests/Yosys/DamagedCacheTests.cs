using System.IO.Compression;
using LoopLynx.Gen;
using LoopLynx.Hdl;
using LoopLynx.Synthesis.Absorption;
using LoopLynx.Synthesis.Yosys;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Synthesis.Tests.Yosys;

/// <summary>What lies in the cache of mapped modules may be damaged, and the folder may be none.</summary>
public sealed class DamagedCacheTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("looplynx-test-").FullName;

    public static TheoryData<string> Damages => ["empty", "cut", "text", "another netlist"];

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_netlist_is_mapped_again(string damage)
    {
        var cells = Map(_folder).Absorbed.Cells.Count;
        var entry = Assert.Single(Directory.GetFiles(_folder));
        Damage(entry, damage);
        Assert.Equal(cells, Map(_folder).Absorbed.Cells.Count);
        using var mended = new GZipStream(File.OpenRead(entry), CompressionMode.Decompress);
        Assert.Contains(nameof(Toggle), new StreamReader(mended).ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cache_that_is_a_file_is_said_to_be_one()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        Assert.Contains(file, Assert.ThrowsAny<IOException>(() => Map(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AbsorptionScope.All)]
    [InlineData(AbsorptionScope.None)]
    public void A_design_knows_what_was_absorbed(AbsorptionScope scope) => Assert.Equal(scope, Map(_folder, scope).Scope);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Damage(string entry, string damage)
    {
        if (damage == "another netlist")
        {
            using var other = new StreamWriter(new GZipStream(File.Create(entry), CompressionLevel.Fastest));
            other.Write("""{"creator": "Yosys", "modules": {}}""");
            return;
        }

        var bytes = File.ReadAllBytes(entry);
        File.WriteAllBytes(entry, damage switch { "empty" => [], "cut" => bytes[..(bytes.Length / 2)], _ => "hello, this is no netlist"u8.ToArray() });
    }

    private static SynthesisedDesign Map(string cache, AbsorptionScope scope = AbsorptionScope.All) => SynthesisedDesign.Map(
        VerilogBackend.Emit(Elaborator.Elaborate(new Toggle())), new YosysMapper(new MappingCache(cache)), scope,
        cancellation: TestContext.Current.CancellationToken);

    private sealed class Toggle : Module
    {
        public readonly Signal Turns = Input(Bit);
        public readonly Signal State = Output(Bit);

        protected override void Build()
        {
            Register(out var state, Bit, reset: 0);
            state.Drive(state ^ Turns);
            State.Drive(state);
        }
    }
}
