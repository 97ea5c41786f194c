using System.Diagnostics;

namespace LoopLynx.Fuzz;

/// <summary>
/// Makes a list of choices shorter and its numbers smaller while a design made from it still fails. Because every list makes a legal design,
/// nothing about designs must be known here.
/// </summary>
public static class Shrinker
{
    /// <summary>
    /// The smallest list found in the time, or until it is cancelled. <paramref name="failing"/> replays a list and returns the choices that it took, or null where the design doesn't fail.
    /// </summary>
    public static IReadOnlyList<int> Run(IReadOnlyList<int> choices, Func<IReadOnlyList<int>, IReadOnlyList<int>?> failing, TimeSpan limit, CancellationToken cancel = default)
    {
        var clock = Stopwatch.StartNew();
        var best = Trim(choices);
        bool IsOver() => clock.Elapsed >= limit || cancel.IsCancellationRequested;
        bool Try(List<int> candidate)
        {
            candidate = Trim(candidate);
            if (IsOver() || !IsSmaller(candidate, best) || failing(candidate) is not { } taken)
            {
                return false;
            }

            // What was really taken leaves out choices that nobody asked for.
            taken = Trim(taken);
            best = IsSmaller([.. taken], candidate) ? [.. taken] : candidate;
            return true;
        }

        bool progress;
        do
        {
            progress = Cut(() => best, Try) | Zero(() => best, Try) | Lower(() => best, Try);
        }
        while (progress && !IsOver());
        return best;
    }

    // Shorter is smaller; of two equally long lists the one with the smaller first difference.
    private static bool IsSmaller(List<int> a, List<int> b)
    {
        if (a.Count != b.Count)
        {
            return a.Count < b.Count;
        }

        var difference = a.Zip(b).FirstOrDefault(p => p.First != p.Second);
        return difference.First < difference.Second;
    }

    // Choices past the end are 0.
    private static List<int> Trim(IReadOnlyList<int> choices)
    {
        var count = choices.Count;
        while (count > 0 && choices[count - 1] == 0)
        {
            count--;
        }

        return [.. choices.Take(count)];
    }

    private static bool Cut(Func<List<int>> best, Func<List<int>, bool> attempt)
    {
        var progress = false;
        for (var size = Math.Max(1, best().Count / 2); size > 0; size /= 2)
        {
            for (var at = best().Count - size; at >= 0; at -= size)
            {
                if (at + size <= best().Count)
                {
                    progress |= attempt([.. best().Take(at), .. best().Skip(at + size)]);
                }
            }
        }

        return progress;
    }

    private static bool Zero(Func<List<int>> best, Func<List<int>, bool> attempt)
    {
        var progress = false;
        for (var size = Math.Max(1, best().Count / 4); size > 0; size /= 2)
        {
            for (var at = 0; at + size <= best().Count; at += size)
            {
                if (best().Skip(at).Take(size).Any(c => c != 0))
                {
                    progress |= attempt([.. best().Take(at), .. Enumerable.Repeat(0, size), .. best().Skip(at + size)]);
                }
            }
        }

        return progress;
    }

    private static bool Lower(Func<List<int>> best, Func<List<int>, bool> attempt)
    {
        var progress = false;
        for (var at = 0; at < best().Count; at++)
        {
            bool Set(int value) => attempt([.. best().Take(at), value, .. best().Skip(at + 1)]);
            while (at < best().Count && best()[at] > 1 && Set(best()[at] / 2))
            {
                progress = true;
            }

            if (at < best().Count && best()[at] > 0)
            {
                progress |= Set(best()[at] - 1);
            }
        }

        return progress;
    }
}
