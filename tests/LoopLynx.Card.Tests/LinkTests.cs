using System.Text.Json;
using LoopLynx.Accelerator;
using LoopLynx.Card.Link;
using LoopLynx.Gen.Board;

namespace LoopLynx.Card.Tests;

/// <summary>What the linker and the host read.</summary>
public sealed class LinkTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 2)]
    public void Every_memory_port_of_every_unit_has_a_bank_of_its_own(int nodes, int units)
    {
        var lines = Small.Files[$"connectivity-{nodes}.cfg"].Split('\n');
        var banks = lines.Where(l => l.StartsWith("sp=", StringComparison.Ordinal)).Select(l => l[3..].Split(':')).ToArray();
        var wanted = from unit in Enumerable.Range(0, units)
                     from bus in Small.Kernel.Interfaces
                     where bus.Kind == InterfaceKind.Memory
                     select $"node{unit}.{bus.Name}";
        Assert.Equal(wanted, banks.Select(b => b[0]));
        Assert.Equal(banks.Length, banks.Select(b => b[1]).Distinct().Count());
        Assert.Equal(units, lines.Count(l => l.StartsWith("slr=node", StringComparison.Ordinal)));
        Assert.Equal(nodes > units, lines.Any(l => l.StartsWith("nk=krnl_aurora", StringComparison.Ordinal)));
        Assert.All(lines.Where(l => l.StartsWith("stream_connect", StringComparison.Ordinal)), l => Assert.Single(l, ':'));
    }

    [Fact]
    public void The_map_has_the_designs_hash_and_a_buffer_of_each_pointer()
    {
        using var map = JsonDocument.Parse(Small.Files["memory-map.json"]);
        var root = map.RootElement;
        Assert.Equal(KernelMapWriter.FormatVersion, root.GetProperty("formatVersion").GetInt32());
        Assert.Equal(KernelHash.Of(Small.Configuration), root.GetProperty("designHash").EnumerateArray().Select(w => w.GetUInt32()));
        var buffers = root.GetProperty("buffers").EnumerateArray().ToArray();
        Assert.Equal(
            Small.Kernel.Arguments.Where(a => a.Port is not null).Select(a => (a.Id, a.Name)),
            buffers.Select(b => (b.GetProperty("argument").GetInt32(), b.GetProperty("name").GetString()!)));
        Assert.All(buffers, b => Assert.InRange(b.GetProperty("bytes").GetInt64(), 1, 256L << 20));
    }

    [Fact]
    public void A_buffer_that_a_bank_cant_hold_is_refused() => Assert.Contains(
        "'memory0' has", Assert.Throws<ArgumentException>(() => KernelMapWriter.Write(Small.Kernel, U50.Default with { BytesPerChannel = 1000 })).Message);

    [Fact]
    public void The_report_has_the_words_that_the_kernel_writes()
    {
        var writer = Small.Kernel.Design.Definitions.Single(d => d.ModuleType == nameof(StatusWriter));
        Assert.Equal(writer.Port("Words").Type.Lanes, KernelReportWords.Of(Small.Configuration).Count);
    }

    [Fact]
    public void Every_fault_has_a_text() => Assert.Distinct(Enum.GetValues<KernelFault>().Select(KernelFaultText.Of));
}
