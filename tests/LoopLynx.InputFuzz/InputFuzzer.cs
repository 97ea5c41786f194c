using System.Collections.Concurrent;

namespace LoopLynx.InputFuzz;

/// <summary>Tries many mutated inputs in worker processes.</summary>
/// <param name="first">Number of the first case.</param>
/// <param name="count">Number of cases.</param>
/// <param name="workers">Processes at once.</param>
public sealed class InputFuzzer(int first, int count, int workers)
{
    /// <summary>What a case may take; a worker that takes longer is killed.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(60);

    private int _next;

    /// <summary>Tries all cases.</summary>
    /// <param name="tell">Gets each verdict as it comes.</param>
    /// <param name="cancel">Ends between cases.</param>
    public async Task<FuzzReport> Run(Action<Verdict>? tell = null, CancellationToken cancel = default)
    {
        var verdicts = new ConcurrentBag<Verdict>();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(() => Work(verdicts, tell, cancel), cancel)));
        return new FuzzReport([.. verdicts.OrderBy(verdict => verdict.Number)]);
    }

    private async Task Work(ConcurrentBag<Verdict> verdicts, Action<Verdict>? tell, CancellationToken cancel)
    {
        Worker? worker = null;
        try
        {
            while (!cancel.IsCancellationRequested && Interlocked.Increment(ref _next) - 1 is var index && index < count)
            {
                worker ??= await Worker.Start();
                var number = first + index;
                var verdict = await worker.Try(number, Limit);
                if (verdict is null)
                {
                    verdict = new Verdict(number, Case.Of(number, TinyModel.Create()).Name, worker.HasEnded ? OutcomeKind.Crashed : OutcomeKind.Hung, "the process ended, or had to be killed", false, null);
                    worker.Dispose();
                    worker = null;
                }

                verdicts.Add(verdict);
                tell?.Invoke(verdict);
            }
        }
        finally
        {
            worker?.Dispose();
        }
    }
}
