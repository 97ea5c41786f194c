using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LoopLynx.Accelerator;
using LoopLynx.Hdl;
using LoopLynx.Host;
using LoopLynx.Runtime;
using LoopLynx.Sim;
using LoopLynx.Sim.Compiled;
using LoopLynx.Verilator;

namespace LoopLynx.Races;

/// <summary>The whole node with its memory, running tokens of a model on all engines.</summary>
public static class NodeRace
{
    /// <summary>Times tokens at consecutive positions; the state compared is every hidden state and the memory with its KV cache.</summary>
    public static RaceResult Run(
        QuantizedModel model, NodeConfiguration configuration, int runs, int threads, string? cache, CompiledOptions options, CancellationToken cancel)
    {
        var first = FirstCycle.Measure(() => Machine.Elaborate(configuration), options, cancel);
        var build = Stopwatch.StartNew();
        var compiledEngine = new CompiledEngine(first.Design, options, cancel);
        compiledEngine.Tick();
        var compiledBuild = build.Elapsed.TotalSeconds;
        using var compiled = new Runner(compiledEngine, model, configuration, cancel);
        var runners = new List<Runner>();
        try
        {
            var verilated = new List<VerilatedRunner>();
            foreach (var count in EngineRace.ThreadCounts(threads))
            {
                var engine = new VerilatorEngine(first.Design, new VerilatorOptions { Threads = count, CacheFolder = cache, Cancellation = cancel });
                runners.Add(new Runner(engine, model, configuration, cancel));
                verilated.Add(new VerilatedRunner(count, engine.BuildSeconds, runners[^1].Run));
            }

            return EngineRace.Race("node", first, runs, compiledBuild, compiled.Run, verilated, cancel);
        }
        finally
        {
            runners.ForEach(r => r.Dispose());
        }
    }

    /// <summary>A node with its memory, that runs tokens for a number of cycles.</summary>
    internal sealed class Runner : IDisposable
    {
        private readonly byte[][] _memory;
        private readonly NodeSession _session;
        private readonly QuantizedModel _model;
        private readonly int[] _hidden;
        private readonly CancellationToken _cancel;
        private byte[] _history = [];
        private int _position;

        public Runner(IEngine engine, QuantizedModel model, NodeConfiguration configuration, CancellationToken cancel)
        {
            (_model, _cancel) = (model, cancel);
            _memory = Machine.BuildMemory(model, Machine.Map(configuration), cancel);
            _session = new NodeSession(engine, configuration, _memory, ChannelTiming.Ideal);
            _hidden = new int[model.Description.Embed];
        }

        /// <summary>Runs tokens until at least that many cycles have passed.</summary>
        public Lap Run(long cycles) => Lap.Time(() => Tokens(cycles), State);

        private string State() => Convert.ToHexString(_history) + string.Concat(_memory.Select(m => Convert.ToHexString(SHA256.HashData(m))));

        private long Tokens(long cycles)
        {
            var start = _session.Cycle;
            for (; _session.Cycle < start + cycles; _position = (_position + 1) % _model.Description.Context)
            {
                _session.RunToken(_model.Embed(_position % _model.Description.Vocabulary.Logical, _position), _position, _hidden, _cancel);
                _history = SHA256.HashData([.. _history, .. MemoryMarshal.AsBytes<int>(_hidden)]);
            }

            return _session.Cycle - start;
        }

        public void Dispose() => _session.Dispose();
    }
}
