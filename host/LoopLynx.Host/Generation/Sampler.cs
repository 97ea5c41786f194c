namespace LoopLynx.Host;

/// <summary>Chooses the next token: the largest logit, or at random by temperature and top-k. The same seed gives the same choices.</summary>
public sealed class Sampler
{
    private readonly ulong seed;
    private readonly double temperature;
    private readonly int topK;
    private ulong draws;

    /// <summary>Creates a sampler.</summary>
    /// <param name="seed">Seed of the random choices.</param>
    /// <param name="temperature">Divides the logits; 0 always takes the largest.</param>
    /// <param name="topK">Choose among the k largest logits only; 0 means all.</param>
    /// <exception cref="HostException">The temperature or k is negative or not a number.</exception>
    public Sampler(ulong seed = 0, double temperature = 0, int topK = 0)
    {
        if (!(temperature >= 0) || double.IsInfinity(temperature))
            throw new HostException($"the temperature is {temperature}; it must be zero (greedy) or a positive number");
        if (topK < 0)
            throw new HostException($"top-k is {topK}; it must be zero (all tokens) or a positive number");
        (this.seed, this.temperature, this.topK) = (seed, temperature, topK);
    }

    /// <summary>The index of the largest logit; the first of equals.</summary>
    public static int Greedy<T>(ReadOnlySpan<T> logits) where T : IComparable<T>
    {
        int best = 0;
        for (int i = 1; i < logits.Length; i++)
            if (logits[i].CompareTo(logits[best]) > 0)
                best = i;
        return best;
    }

    /// <summary>Chooses by float32 logits, <c>[vocab]</c>.</summary>
    public int Next(ReadOnlySpan<float> logits)
    {
        if (temperature == 0)
            return Greedy(logits);
        var scores = new double[logits.Length];
        for (int i = 0; i < scores.Length; i++)
            scores[i] = logits[i];
        return Draw(scores);
    }

    /// <summary>Chooses by the accelerator's int32 logits, <c>[vocab]</c>.</summary>
    public int Next(ReadOnlySpan<int> logits)
    {
        if (temperature == 0)
            return Greedy(logits);
        var scores = new double[logits.Length];
        for (int i = 0; i < scores.Length; i++)
            scores[i] = Math.ScaleB(logits[i], -GoldenModel.LogitBits);
        return Draw(scores);
    }

    /// <summary>A uniform choice among 0 .. count-1.</summary>
    public int Uniform(int count) => (int)(NextUnit() * count);

    private int Draw(double[] scores)
    {
        double max = scores.Max(), total = 0;
        int[] candidates = Candidates(scores);
        foreach (int i in candidates)
            total += scores[i] = Math.Exp((scores[i] - max) / temperature);
        double left = NextUnit() * total;
        foreach (int i in candidates)
            if ((left -= scores[i]) < 0)
                return i;
        return candidates[^1];
    }

    /// <summary>The tokens to choose among: the k best, of equal ones the first.</summary>
    private int[] Candidates(double[] scores)
    {
        int[] tokens = [.. Enumerable.Range(0, scores.Length)];
        if (topK == 0 || topK >= tokens.Length)
            return tokens;
        Array.Sort(tokens, (a, b) => scores[a] != scores[b] ? scores[b].CompareTo(scores[a]) : a.CompareTo(b));
        return tokens[..topK];
    }

    private double NextUnit() => SplitMix64.ToUnit(SplitMix64.At(seed, draws++));
}
