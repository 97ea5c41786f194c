using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;
using LoopLynx.Sim.Compiled;

namespace LoopLynx.Accelerator.Tests.Baseline;

/// <summary>The only place where the baseline knows the product's names: machines by name, and what is measured on them as text.</summary>
internal static class RecordedMachines
{
    // 64 bits of a hash tell any two machines apart that somebody builds by mistake.
    private const int HashDigits = 16;

    private const string Position = "position ";

    private static readonly Dictionary<string, NodeConfiguration> Simulated = MakeSimulated();

    private static readonly Dictionary<string, NodeConfiguration> Large = MakeLarge();

    /// <summary>Machines that are simulated.</summary>
    public static IReadOnlyList<string> SimulatedNames => [.. Simulated.Keys];

    /// <summary>
    /// Those that every run of the tests simulates: one of each kind. The others take minutes to compile;
    /// where their netlists are the recorded ones, their cycles are too.
    /// </summary>
    public static IReadOnlyList<string> QuickNames => [.. Simulated.Keys.Where(IsQuick)];

    /// <summary>Machines whose netlist is recorded.</summary>
    public static IReadOnlyList<string> NetlistNames => [.. Simulated.Keys, .. Large.Keys];

    /// <summary>Cycles by stage that the closed-form model gives for the machines that are too large to simulate, one line for each position.</summary>
    public static IEnumerable<RecordLine> ClosedForm() =>
        from machine in Large
        from position in new[] { 0, 100, 639 }
        let estimate = LatencyModel.Token(machine.Value, position)
        select new RecordLine(
            $"{machine.Key}{RecordLine.Of}{Position}{position}, closed form",
            [("cycles", $"{estimate.Cycles}"), .. estimate.Steps.Select(s => (s.Step.Name, $"{s.Cycles}"))]);

    /// <summary>The recorded lines of tokens that were simulated on machines whose FIFOs have the derived depths.</summary>
    public static IEnumerable<RecordLine> SimulatedTokens() =>
        from line in Record.Lines("cycles.txt").Select(RecordLine.Parse)
        where Simulated.ContainsKey(line.Machine) && line.Key.Contains(Position, StringComparison.Ordinal)
        let c = Configuration(line.Machine)
        where c.PrefetchBeats >= FifoDepths.Prefetch(c) && c.LinkDepth == 0
        select line;

    /// <summary>Cycles of a simulated token by the closed form.</summary>
    public static long Predicted(RecordLine line) =>
        LatencyModel.Token(Configuration(line.Machine), int.Parse(line.Key.Split(Position)[1], CultureInfo.InvariantCulture)).Cycles;

    /// <summary>Name and text of every module of a machine, children first.</summary>
    public static IEnumerable<(string Module, string Hash)> Netlist(string name) =>
        Machine.Elaborate(Configuration(name)).Definitions.Select(d => (d.Name, Hash(Encoding.UTF8.GetBytes(NetlistText.Of(d)))));

    /// <summary>Simulates a token at the first, a middle and the last position, with a past of random keys and values.</summary>
    public static IEnumerable<RecordLine> Simulate(string name)
    {
        var c = Configuration(name);
        using var engine = new SwitchingEngine(new CompiledEngine(Machine.Elaborate(c)));
        var start = engine.Snapshot();
        var model = new TestModel(c);
        yield return new RecordLine($"{name}{RecordLine.Of}memory as built", Images(model.Image));
        foreach (var position in new[] { 0, c.Context / 2, c.Context - 1 })
        {
            engine.Restore(start);
            yield return Token(engine, c, model, position, $"{name}{RecordLine.Of}{Position}{position}");
        }
    }

    private static RecordLine Token(SwitchingEngine engine, NodeConfiguration c, TestModel model, int position, string key)
    {
        byte[][] memory = [.. model.Image.Select(channel => (byte[])channel.Clone())];
        var golden = new GoldenModel(model.Model);
        golden.Cache.FillSynthetic(position, seed: 5);
        Machine.WriteCache(memory, model.Map, golden.Cache, position);
        var embedding = model.Model.Embed(token: (position * 7) % 64, position);
        var hidden = new int[c.Embed];

        // The engine is the caller's: the session, which would dispose of it, is left alone.
        var session = new NodeSession(engine, c, memory, ChannelTiming.Ideal);
        var cycles = session.RunToken(embedding, position, hidden);
        Assert.Equal(golden.Step(embedding, position), hidden);
        return new RecordLine(
            key,
            [
                ("cycles", $"{cycles}"),
                ("switching", $"{engine.ChangedBits}"),
                .. session.Stages.Names.Prepend(StageCycles.Idle).Where(s => session.Stages[s] != 0).Select(s => (s, Activities(session.Stages, s))),
                ("hidden", Hash(MemoryMarshal.AsBytes<int>(hidden))),
                .. Images(memory).Except(Images(model.Image)),
            ]);
    }

    private static string Activities(StageCycles stages, string stage) =>
        string.Join('/', Enum.GetValues<Activity>().Where(a => stages[stage, a] != 0).Select(a => $"{a}:{stages[stage, a]}"));

    private static (string, string)[] Images(byte[][] memory) => [.. memory.Select((bytes, i) => ($"channel{i}", Hash(bytes)))];

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..HashDigits];

    private static NodeConfiguration Configuration(string name) => (Simulated.TryGetValue(name, out var c) ? c : Large[name]).Validated();

    private static bool IsQuick(string name) => name.Split(' ')[0] switch
    {
        "rounds" or "nothing" => name.EndsWith("2 nodes", StringComparison.Ordinal),
        "small" => Small.Shapes.Contains(name["small ".Length..]),
        "shakespeare" => !name.EndsWith("4 nodes", StringComparison.Ordinal),
        _ => !name.Contains("without", StringComparison.Ordinal) || name.EndsWith("2 nodes", StringComparison.Ordinal),
    };

    private static Dictionary<string, NodeConfiguration> MakeSimulated()
    {
        var all = Machines.Names.ToDictionary(name => name, Machines.Named);
        foreach (var name in Small.Names)
        {
            all[$"small {name}"] = Small.Named(name);
        }

        AddPresets(all, "shakespeare", ModelDescription.Shakespeare);
        return all;
    }

    private static Dictionary<string, NodeConfiguration> MakeLarge()
    {
        var all = new Dictionary<string, NodeConfiguration>();
        AddPresets(all, "gpt2-345m", ModelDescription.Gpt2Medium);
        return all;
    }

    private static void AddPresets(Dictionary<string, NodeConfiguration> all, string name, ModelDescription shape)
    {
        foreach (var preset in Presets.Names)
        {
            foreach (var nodes in new[] { 1, 2, 4 })
            {
                all[$"{name} {preset}, {nodes} nodes"] = Presets.Named(preset, Machine.Shape(shape) with { Nodes = nodes });
            }
        }
    }
}
