using System.Runtime.ExceptionServices;

namespace LoopLynx.Host;

/// <summary>A parallel loop whose first error arrives as it was thrown, not wrapped, so that users see its one line.</summary>
internal static class SharedLoop
{
    public static void Run(int count, Action<int> body, CancellationToken cancel = default)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancel }, body);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions[0]);
        }
    }
}
