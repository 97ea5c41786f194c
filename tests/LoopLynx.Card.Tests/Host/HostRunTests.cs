using LoopLynx.Accelerator;
using LoopLynx.Host;
using LoopLynx.Runtime;
using LoopLynx.Sim;
using LoopLynx.Sim.Compiled;

namespace LoopLynx.Card.Tests.Host;

/// <summary>The host's object file, linked with a stand-in for XRT behind which the simulated kernel runs, and with XRT itself.</summary>
public sealed class HostRunTests : IDisposable
{
    private const string Xrt = "/usr/include/xrt";

    private readonly Folder _folder = new();
    private readonly QuantizedModel _model;
    private readonly byte[][] _image;
    private readonly byte[][] _memory;
    private readonly KernelSession _session;
    private readonly SimulatedCard _card;

    public HostRunTests()
    {
        var c = Small.Configuration;
        _model = SyntheticModel.Create(c.Model with { Vocabulary = 64 }, c.Plan, 1);
        _image = Machine.BuildMemory(_model, c.Map);
        _memory = [.. _image.Select(channel => new byte[channel.Length])];
        var engine = EngineFactory.Create("compiled", Machine.ElaborateCheckedKernel(c), CancellationToken.None, CompiledOptions.Default);
        _session = new KernelSession(engine, c, _memory, _ => ChannelTiming.Ideal);
        _card = new SimulatedCard(_session, _memory);
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Tokens_equal_the_golden_model()
    {
        using var host = Loaded();
        var golden = new GoldenModel(_model);
        for (var token = 0; token < 3; token++)
        {
            Check(host, golden, token * 7);
        }

        var status = host.Run(3, Embedding(1, 3), new int[Small.Configuration.Embed]).Status;
        Assert.Equal(_session.Read(KernelRegisters.Cycles), status.Cycles);
    }

    /// <summary>As <c>run --engine xrt</c> drives it.</summary>
    [Fact]
    public void The_machine_of_a_card_runs_tokens()
    {
        Build().Dispose();
        var library = new CardLibrary(_folder["libshim.so"]);
        library.Call<HostLibrary.Install>("shim_install")(_card.Calls);
        using var machine = new CardMachine(library, "any.xclbin", _folder["memory-map.json"], _image, Small.Configuration, TestContext.Current.CancellationToken);
        var golden = new GoldenModel(_model);
        var hidden = new int[Small.Configuration.Embed];
        for (var token = 0; token < 3; token++)
        {
            var cycles = machine.RunToken(Embedding(token, token), token, hidden, TestContext.Current.CancellationToken);
            Assert.Equal(golden.Step(token, TestContext.Current.CancellationToken), hidden);
            Assert.Equal(_session.Read(KernelRegisters.Cycles), (uint)cycles);
        }

        // First light, and then the tokens from the first one on.
        var light = FirstLight.Run(machine, _model, 2, TestContext.Current.CancellationToken);
        Assert.Equal((4, 32L, 0L), (light.Test.Channels.Count, light.Test.Channels[3].Beats, light.Test.Channels[3].Errors));
        golden = new GoldenModel(_model);
        for (var token = 0; token < 3; token++)
        {
            machine.RunToken(Embedding(token, token), token, hidden, TestContext.Current.CancellationToken);
            Assert.Equal(golden.Step(token, TestContext.Current.CancellationToken), hidden);
        }

        _session.Channels[1].Fault = new ChannelFault(ChannelFaultKind.ReadError, _session.Channels[1].BeatsRead + 40);
        var e = Assert.Throws<SimulationException>(() => machine.RunToken(Embedding(3, 3), 3, hidden, TestContext.Current.CancellationToken));
        Assert.StartsWith($"node 0 has ended the token at position 3: {KernelFaultText.Of(KernelFault.ReadError)} (channel 1", e.Message);
    }

    [Fact]
    public void The_self_test_reads_the_pattern_that_the_host_has_written()
    {
        using var host = Loaded();
        var (code, report) = host.SelfTest(3);
        Assert.True(code == 0, host.Error);
        Assert.All(Enumerable.Range(0, Small.Configuration.Channels), i => Assert.Equal((48u, 0u), (report[$"beats{i}"], report[$"errors{i}"])));
        Assert.Equal(1, host.SelfTest(0).Code);
        Assert.StartsWith("a self-test reads 1 to 1048575 bursts, not 0", host.Error);
        for (var channel = 0; channel < _image.Length; channel++)
        {
            Assert.Equal("", host.Load(channel, _image[channel]));
        }

        Check(host, new GoldenModel(_model), 3);
    }

    [Fact]
    public void A_library_that_is_another_one_is_refused()
    {
        var e = Assert.Throws<SimulationException>(() => new CardLibrary(_folder.Write("liblooplynx_host.so", "no library")));
        Assert.Contains("isn't the host's library: build it of looplynx_host.cpp", e.Message);
    }

    [Fact]
    public void The_whole_block_of_arguments_is_written_and_then_the_start()
    {
        using var host = Loaded();
        _card.Written.Clear();
        host.Run(0, Embedding(0, 0), new int[Small.Configuration.Embed]);
        var last = Small.Kernel.Arguments[^1];
        var words = Enumerable.Range(4, (last.Offset + 4) / 4 - 3).Select(i => (uint)(4 * i));
        Assert.Equal([.. words, (uint)KernelRegisters.Control], _card.Written);
    }

    [Fact]
    public void A_fault_is_returned_in_words_and_the_next_token_is_right()
    {
        using var host = Loaded();
        var golden = new GoldenModel(_model);
        _session.Channels[2].Fault = new ChannelFault(ChannelFaultKind.ReadError, _session.Channels[2].BeatsRead + 40);
        var (code, status) = host.Run(0, Embedding(3, 0), new int[Small.Configuration.Embed]);
        Assert.Equal((2, (uint)KernelFault.ReadError, 2u), (code, status.Fault, status.Channel));
        Assert.StartsWith($"{KernelFaultText.Of(KernelFault.ReadError)} (channel 2", host.Error);
        _session.Channels[2].Fault = null;
        Check(host, golden, 3);
    }

    [Fact]
    public void A_token_that_takes_too_long_is_ended_and_the_next_one_is_right()
    {
        using var host = Loaded();
        var golden = new GoldenModel(_model);
        var (code, status) = host.Run(0, Embedding(3, 0), new int[Small.Configuration.Embed], milliseconds: 1);
        Assert.Equal((2, (uint)KernelFault.Aborted), (code, status.Fault));
        Check(host, golden, 3);
    }

    [Fact]
    public void Another_design_another_card_and_another_unit_are_refused()
    {
        using var host = Build();
        var hash = KernelHash.Of(Small.Configuration)[2];
        var other = _folder.Write("other.json", Small.Files["memory-map.json"].Replace($"{hash}", $"{hash ^ 1}", StringComparison.Ordinal));
        Assert.StartsWith("the xclbin holds another design", host.Open(other));
        Assert.StartsWith("can't read the memory map", host.Open(_folder["none.json"]));
        Assert.StartsWith("there is no card 1", host.Open(_folder["memory-map.json"], device: 1));
        Assert.StartsWith("there is no unit 'looplynx_node:{node7}'", host.Open(_folder["memory-map.json"], unit: "node7"));
        Assert.Null(_card.Failure);
    }

    [Fact]
    public void More_bytes_than_a_channel_holds_are_refused()
    {
        using var host = Loaded();
        Assert.StartsWith("channel 0 can't take", host.Load(0, new byte[_image[0].Length + 1]));
        Assert.StartsWith("channel 4 can't take 1 bytes", host.Load(4, new byte[1]));
    }

    [Fact]
    public void The_same_object_file_is_linked_with_XRT()
    {
        Compile();
        string[] libraries = ["-Wl,--no-undefined", "-lxrt_coreutil", "-luuid"];
        var result = Small.Run("g++", "g++", _folder.Path, ["-shared", "looplynx_host.o", "-o", "liblooplynx_host.so", .. libraries]);
        Assert.True(result.ExitCode == 0, result.Log);
    }

    private static void Compile(Folder folder, string source)
    {
        Assert.SkipUnless(File.Exists($"{Xrt}/xrt/xrt_kernel.h"), "XRT's headers aren't installed: apt-get install libxrt-dev");
        var result = Small.Run("g++", "g++", folder.Path, "-std=c++17", "-Wall", "-Wextra", "-Werror", "-fPIC", "-isystem", Xrt, "-c", source);
        Assert.True(result.ExitCode == 0, result.Log);
    }

    private void Compile() => Compile(_folder, "looplynx_host.cpp");

    private HostLibrary Build()
    {
        Compile();
        using var shim = new StreamReader(typeof(HostRunTests).Assembly.GetManifestResourceStream("xrt_shim.cpp")!);
        _folder.Write("xrt_shim.cpp", shim.ReadToEnd());
        Compile(_folder, "xrt_shim.cpp");
        var result = Small.Run("g++", "g++", _folder.Path, "-shared", "looplynx_host.o", "xrt_shim.o", "-o", "libshim.so", "-Wl,--no-undefined", "-luuid");
        Assert.True(result.ExitCode == 0, result.Log);
        var host = new HostLibrary(_folder["libshim.so"]);
        host.Below(_card);
        return host;
    }

    private HostLibrary Loaded()
    {
        var host = Build();
        Assert.Equal("", host.Open(_folder["memory-map.json"]));
        for (var channel = 0; channel < _image.Length; channel++)
        {
            Assert.Equal("", host.Load(channel, _image[channel]));
        }

        return host;
    }

    private void Check(HostLibrary host, GoldenModel golden, int token)
    {
        var hidden = new int[Small.Configuration.Embed];
        var position = golden.Cache.Length;
        var (code, status) = host.Run(position, Embedding(token, position), hidden);
        Assert.Null(_card.Failure);
        Assert.Equal((0, (uint)KernelFault.None), (code, status.Fault));
        Assert.Equal((position, string.Join(" ", golden.Step(token, TestContext.Current.CancellationToken))), (position, string.Join(" ", hidden)));
    }

    private int[] Embedding(int token, int position) => _model.Embed(token, position);
}
