using System.Collections.Concurrent;
using System.Diagnostics;
using LoopLynx.Fuzz.Designs;
using LoopLynx.Fuzz.Engines;
using LoopLynx.Fuzz.Equivalence;
using LoopLynx.Hdl;
using LoopLynx.Sim;
using LoopLynx.Sim.Compiled;

namespace LoopLynx.Fuzz;

/// <summary>
/// Random designs through every engine. The interpreted engine is the reference; the compiled one runs every design with its default options and with one
/// other set in turn; Verilator and Icarus get many designs at once. The first mismatches are shrunk.
/// </summary>
public sealed class Fuzzer(FuzzOptions options)
{
    private readonly ConcurrentDictionary<string, int> _engines = [];
    private readonly ConcurrentDictionary<string, int> _sets = [];
    private readonly List<FuzzFailure> _failures = [];
    private readonly Stopwatch _clock = new();
    private long _cycles;
    private int _mismatches;
    private int _proved;

    /// <summary>A design differs; its seed, and where. Raised before it is shrunk.</summary>
    public event Action<int, Mismatch>? MismatchFound;

    /// <summary>Runs until the seeds or the time are over, or until it is cancelled: then the result counts the batches that are whole.</summary>
    public FuzzResult Run(IProgress<double>? progress = null, CancellationToken cancel = default)
    {
        _clock.Start();
        var designs = 0;
        while (!IsOver(designs) && !cancel.IsCancellationRequested)
        {
            var count = options.Time is null ? Math.Min(options.BatchSize, options.Seeds - designs) : options.BatchSize;
            try
            {
                RunBatch(options.FirstSeed + designs, count, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                break;
            }

            designs += count;
            progress?.Report(options.Time is { } time ? Math.Min(1, _clock.Elapsed / time) : (double)designs / options.Seeds);
        }

        return new FuzzResult(designs, _cycles, _mismatches, Ordered(_engines, FuzzOptions.AllEngines), Ordered(_sets, OptionSets.All.Select(s => s.Name)), _proved, _failures);
    }

    private static Dictionary<string, int> Ordered(ConcurrentDictionary<string, int> counts, IEnumerable<string> names) =>
        names.Where(counts.ContainsKey).ToDictionary(name => name, name => counts[name]);

    private bool IsOver(int designs) => options.Time is { } time ? _clock.Elapsed >= time : designs >= options.Seeds;

    private void RunBatch(int firstSeed, int count, CancellationToken cancel)
    {
        var found = new ConcurrentBag<(int Seed, IReadOnlyList<int> Choices, Mismatch Mismatch)>();
        var cases = new FuzzCase?[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel }, i =>
        {
            var seed = firstSeed + i;
            var decisions = new Decisions(seed);
            try
            {
                var (one, mismatches) = RunCase(seed, decisions, SetsOf(seed), cancel);
                cases[i] = one;
                foreach (var mismatch in mismatches)
                {
                    found.Add((seed, one.Choices, mismatch));
                }
            }
            catch (Exception e) when (e is HdlException or SimulationException)
            {
                found.Add((seed, decisions.Taken, Mismatch.Failed("interpreted", e)));
            }
        });

        FuzzCase[] traced = [.. cases.OfType<FuzzCase>()];
        if (traced.Length > 0)
        {
            foreach (var (name, limit, check) in External(cancel))
            {
                FuzzCase[] small = [.. traced.Where(c => c.Bits <= limit)];
                if (small.Length == 0)
                {
                    continue;
                }

                _engines.AddOrUpdate(name, small.Length, (_, n) => n + small.Length);
                foreach (var (one, mismatch) in BatchDesign.Check(name, small, check))
                {
                    found.Add((one.Seed, one.Choices, mismatch));
                }
            }
        }

        Prove([.. traced.Where(c => c.Bits <= options.ProofBits)], found, cancel);
        _mismatches += found.Count;
        foreach (var (seed, choices, mismatch) in found.OrderBy(f => f.Seed).ThenBy(f => f.Mismatch.Engine, StringComparer.Ordinal))
        {
            MismatchFound?.Invoke(seed, mismatch);
            if (_failures.Count < options.Shrunk)
            {
                _failures.Add(Shrink(seed, choices, mismatch, cancel));
            }
        }
    }

    private void Prove(FuzzCase[] cases, ConcurrentBag<(int Seed, IReadOnlyList<int> Choices, Mismatch Mismatch)> found, CancellationToken cancel)
    {
        if (!options.Engines.Contains(EquivalenceCheck.Name))
        {
            return;
        }

        Parallel.ForEach(cases, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel }, one =>
        {
            _engines.AddOrUpdate(EquivalenceCheck.Name, 1, (_, n) => n + 1);
            var (outcome, mismatch) = EquivalenceCheck.Run(one, options.ProofTime, cancel);
            if (mismatch is not null)
            {
                found.Add((one.Seed, one.Choices, mismatch));
            }
            else if (outcome == Equivalence.Equivalence.Proved)
            {
                Interlocked.Increment(ref _proved);
            }
        });
    }

    private List<(string Name, CompiledOptions Options)> SetsOf(int seed) => !options.Engines.Contains("compiled")
        ? []
        : [Planted(OptionSets.All[0]), Planted(OptionSets.All[1 + (seed % (OptionSets.All.Count - 1))])];

    private (string Name, CompiledOptions Options) Planted((string Name, CompiledOptions Options) set) => (set.Name, set.Options with { Planted = options.Planted });

    private (FuzzCase Case, IReadOnlyList<Mismatch> Mismatches) RunCase(
        int seed, Decisions decisions, List<(string Name, CompiledOptions Options)> sets, CancellationToken cancel)
    {
        var design = Elaborator.ElaborateUnchecked(RandomTop.Of(decisions));
        var (trace, mismatches) = CompiledCheck.Run(design, sets, options.Cycles, seed, cancel);
        Interlocked.Add(ref _cycles, trace.Cycles);
        _engines.AddOrUpdate("interpreted", 1, (_, n) => n + 1);
        foreach (var (name, _) in sets)
        {
            _sets.AddOrUpdate(name, 1, (_, n) => n + 1);
        }

        if (sets.Count > 0)
        {
            _engines.AddOrUpdate("compiled", 1, (_, n) => n + 1);
        }

        return (new FuzzCase(seed, [.. decisions.Taken], trace), mismatches);
    }

    private IEnumerable<(string Name, long Limit, Func<BatchDesign, IEnumerable<(FuzzCase Case, Mismatch Mismatch)>> Check)> External(CancellationToken cancel)
    {
        if (options.Engines.Contains(VerilatorCheck.Name))
        {
            yield return (VerilatorCheck.Name, options.VerilatorBits, batch => VerilatorCheck.Run(batch, cancel));
        }

        if (options.Engines.Contains(IcarusCheck.Name))
        {
            yield return (IcarusCheck.Name, options.IcarusBits, batch => IcarusCheck.Run(batch, cancel));
        }
    }

    // A night's run ends when it should: what is found in the last minutes is shrunk less.
    private TimeSpan ShrinkTime => options.Time is { } time && time - _clock.Elapsed is var left && left < options.ShrinkTime
        ? left > options.LeastShrinkTime ? left : options.LeastShrinkTime
        : options.ShrinkTime;

    private FuzzFailure Shrink(int seed, IReadOnlyList<int> choices, Mismatch mismatch, CancellationToken cancel)
    {
        var minimal = mismatch;
        var smallest = Shrinker.Run(choices, candidate =>
        {
            var decisions = new Decisions(candidate);
            if (Again(seed, decisions, mismatch, cancel) is not { } again)
            {
                return null;
            }

            minimal = again;
            return decisions.Taken;
        }, ShrinkTime, cancel);
        return new FuzzFailure(seed, mismatch, minimal, smallest, Elaborator.ElaborateUnchecked(RandomTop.Of(new Decisions(smallest))));
    }

    // The mismatch of the same engine and kind, if there still is one.
    private Mismatch? Again(int seed, Decisions decisions, Mismatch mismatch, CancellationToken cancel)
    {
        try
        {
            var design = Elaborator.ElaborateUnchecked(RandomTop.Of(decisions));
            var sets = OptionSets.All.Where(s => mismatch.Engine == $"compiled, {s.Name}").Select(Planted).ToList();
            var (trace, mismatches) = CompiledCheck.Run(design, sets, options.Cycles, seed, cancel);
            var one = new FuzzCase(seed, [.. decisions.Taken], trace);
            var all = mismatches.Concat(External(cancel).Where(e => e.Name == mismatch.Engine).SelectMany(e => BatchDesign.Check(e.Name, [one], e.Check)).Select(f => f.Mismatch));
            all = mismatch.Engine == EquivalenceCheck.Name && EquivalenceCheck.Run(one, options.ProofTime, cancel).Mismatch is { } different ? all.Append(different) : all;
            return all.FirstOrDefault(m => m.IsFailure == mismatch.IsFailure);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return null;
        }
        catch (HdlException)
        {
            // Not a legal design, so not a finding.
            return null;
        }
        catch (SimulationException e) when (mismatch.Engine == "interpreted")
        {
            return Mismatch.Failed("interpreted", e);
        }
        catch (SimulationException)
        {
            return null;
        }
    }
}
