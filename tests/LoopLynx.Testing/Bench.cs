using System.Numerics;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Checks;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Clocks;
using LoopLynx.Sim.Waves;

namespace LoopLynx.Testing;

/// <summary>
/// A clocked test bench around an engine: stream sources and sinks, a watchdog, and a waveform of the last cycles in every failure.
/// <code>
/// using var engine = TestEngines.Create(kind, new Mac(8));
/// var bench = new Bench(engine);
/// bench.Feed("In", beats, stallPercent: 30);
/// bench.Collect("Out", expected, stallPercent: 50);
/// bench.RunToEnd();
/// </code>
/// </summary>
public sealed class Bench
{
    private const int ResetCycles = 2;

    private readonly List<BenchAgent> _agents = [];
    private readonly WaveText _wave;
    private readonly ClockSchedule? _schedule;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _clocks = new Dictionary<string, IReadOnlyList<string>>();
    private int _seed;

    /// <summary>
    /// Resets the engine for two cycles of every clock. The caller disposes it; benches may follow each other on one engine. With a schedule a cycle of the bench is the next moment
    /// at which a clock has an edge, and each stream is driven and taken at the edges of its own clock.
    /// </summary>
    public Bench(IEngine engine, int seed = 1, int waveCycles = 20, ClockSchedule? schedule = null)
    {
        Engine = engine;
        _seed = seed;
        _wave = new WaveText(engine, waveCycles);
        _schedule = schedule;
        if (schedule is null)
        {
            engine.ResetAll();
            return;
        }

        schedule.Check(engine.Design);
        _clocks = PortClocks.Of(engine.Design);
        Reset(schedule);
    }

    /// <summary>The engine under test.</summary>
    public IEngine Engine { get; }

    /// <summary>Cycles without a moving beat, while one is waited for, that count as a deadlock.</summary>
    public int Patience { get; set; } = 1_000;

    /// <summary>Where a failure writes the waves of its last cycles (<c>.vcd</c> or <c>.fst</c>), if the engine is a <see cref="HistoryEngine"/>; null: nowhere.</summary>
    public string? FailureWaves { get; set; }

    /// <summary>Cycles of <see cref="FailureWaves"/>.</summary>
    public int FailureCycles { get; set; } = 200;

    /// <summary>Runs a design without streams until the condition holds; it is asked after every settle.</summary>
    /// <returns>Edges that were run.</returns>
    public static long Run(IEngine engine, int maxCycles, Func<bool> until) => new Bench(engine).Run(maxCycles, until);

    /// <summary>Feeds beats into <c>name_valid</c>, <c>name_ready</c>, <c>name_field</c>...</summary>
    public StreamSource Feed(string name, IEnumerable<Beat> beats, int stallPercent = 0)
    {
        var source = new StreamSource(Engine, name, stallPercent, _seed++);
        source.Add(beats);
        source.Clock = ClockOf(name);
        _agents.Add(source);
        return source;
    }

    /// <summary>Feeds a bundle's plain values.</summary>
    public StreamSource Feed<T>(string name, IEnumerable<T> values, int stallPercent = 0) where T : IPayloadValue<T> => Feed(name, values.Select(Beat.From), stallPercent);

    /// <summary>Takes the beats of a stream; where some are expected, every beat must be the next of them.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="expected">All beats in order, or null.</param>
    /// <param name="stallPercent">How often the sink isn't ready.</param>
    /// <param name="count">Beats to wait for where their values are checked later.</param>
    public StreamSink Collect(string name, IEnumerable<Beat>? expected = null, int stallPercent = 0, int count = 0)
    {
        var sink = new StreamSink(Engine, name, expected, count, stallPercent, _seed++);
        sink.Clock = ClockOf(name);
        _agents.Add(sink);
        return sink;
    }

    /// <summary>Takes beats that must be these plain values of a bundle.</summary>
    public StreamSink Collect<T>(string name, IEnumerable<T> expected, int stallPercent = 0) where T : IPayloadValue<T> => Collect(name, expected.Select(Beat.From), stallPercent);

    /// <summary>Runs until every source is empty and every sink has what it expects, then some cycles more in which no other beat may come.</summary>
    /// <returns>Edges until the last beat moved.</returns>
    public long RunToEnd(int maxCycles = 100_000, int extraCycles = 20)
    {
        var cycles = Run(maxCycles, () => _agents.TrueForAll(agent => agent.IsDone));
        for (var i = 0; i < extraCycles; i++)
        {
            Step();
        }

        return cycles;
    }

    /// <summary>Runs until the condition holds; it is asked before every edge, when all ports are settled.</summary>
    /// <returns>Edges that were run.</returns>
    public long Run(int maxCycles, Func<bool> until)
    {
        var (idle, moved) = (0, Moved());
        for (var cycle = 0L; ; cycle++)
        {
            Prepare();
            if (until())
            {
                return cycle;
            }

            if (cycle == maxCycles)
            {
                throw Failure($"not finished after {maxCycles} cycles{Waiting()}");
            }

            Finish();
            var now = Moved();
            idle = now == moved ? idle + 1 : 0;
            moved = now;
            if (idle >= Patience && _agents.Exists(agent => !agent.IsDone))
            {
                throw Failure($"deadlock: no beat moved for {Patience} cycles{Waiting()}");
            }
        }
    }

    /// <summary>One cycle.</summary>
    public void Step()
    {
        Prepare();
        Finish();
    }

    /// <summary>Settles and compares lane 0 of a port.</summary>
    public void Expect(string port, BigInteger value) => ExpectLanes(port, [value]);

    /// <summary>Settles and compares all lanes of a port.</summary>
    public void ExpectLanes(string port, params IReadOnlyList<BigInteger> values)
    {
        Engine.Settle();
        var actual = Engine.PeekLanes(port);
        if (!actual.SequenceEqual(values))
        {
            _wave.Record();
            throw Failure($"'{port}' is {string.Join(' ', actual)}, expected {string.Join(' ', values)}");
        }
    }

    /// <summary>An error with the present cycle and the waveform.</summary>
    public BenchException Failure(string message) =>
        new($"{message}\n{Engine.Design.Top.Name} on {Engine.Name}, cycle {Engine.Cycle}{WriteWaves()}\n{_wave.Render()}");

    private string WriteWaves()
    {
        if (FailureWaves is not { } path || Engine is not HistoryEngine history)
        {
            return "";
        }

        var first = Math.Max(history.FirstCycle, history.Cycle - FailureCycles + 1);
        history.WriteWaves(path, first, history.Cycle);
        return $", waves of cycles {first} to {history.Cycle} in {path}";
    }

    private void Prepare()
    {
        foreach (var agent in _agents.Where(agent => agent.IsDue))
        {
            agent.Drive();
            agent.IsDue = _schedule is null;
        }

        Engine.Settle();
    }

    private void Finish()
    {
        _wave.Record();
        foreach (var agent in _agents.Where(HasEdge))
        {
            agent.IsDue = true;
            if (agent.Observe() is { } wrong)
            {
                throw Failure(wrong);
            }
        }

        Tick();
    }

    private bool HasEdge(BenchAgent agent) => _schedule is null || agent.Clock is null || _schedule.Next.Any(domain => domain.Clock == agent.Clock);

    private void Tick()
    {
        if (_schedule is null)
        {
            Engine.Tick();
        }
        else
        {
            Engine.Tick(_schedule.Next.AsSpan());
            _schedule.Advance();
        }
    }

    private void Reset(ClockSchedule schedule)
    {
        foreach (var domain in Engine.Design.Top.Domains)
        {
            Engine.Reset(domain, true);
        }

        var edges = schedule.Clocks.ToDictionary(c => c.Domain, _ => 0);
        while (edges.Values.Min() < ResetCycles)
        {
            foreach (var domain in schedule.Next)
            {
                edges[domain]++;
            }

            Tick();
        }

        foreach (var domain in Engine.Design.Top.Domains)
        {
            Engine.Reset(domain, false);
        }
    }

    /// <summary>A stream follows the clock that its ports are sampled by or come from.</summary>
    private string? ClockOf(string name)
    {
        if (_schedule is null)
        {
            return null;
        }

        var clocks = new[] { $"{name}_valid", $"{name}_ready" }.SelectMany(port => _clocks.GetValueOrDefault(port, [])).Distinct().ToList();
        return clocks.Count == 1 ? clocks[0] : throw new BenchException($"stream '{name}' follows {(clocks.Count == 0 ? "no clock" : $"the clocks {string.Join(" and ", clocks)}")}: it can't be driven by a schedule");
    }

    private int Moved() => _agents.Sum(agent => agent.Count);

    private string Waiting() => string.Concat(_agents.Where(agent => !agent.IsDone).Select(agent => $"\n  {agent.Status()}"));
}
