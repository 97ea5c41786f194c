using System.Numerics;

namespace LoopLynx.Host.Tests;

/// <summary>
/// The numerics contract once more, written straight from docs/numerics.md with big integers and no shared code: a second opinion on
/// the golden model. Tests of other blocks write their order of operations into <see cref="Layer"/>.
/// </summary>
/// <param name="model">The constants.</param>
/// <param name="activation">Largest operand of a product.</param>
/// <param name="query">Largest element of a query.</param>
/// <param name="keyValue">Largest element of a key or a value.</param>
internal class PlainModel(QuantizedModel model, int activation = 127, int query = 127, int keyValue = 127)
{
    private readonly List<BigInteger[]>[] keys = Caches(model), values = Caches(model);

    public BigInteger[] Step(int[] embedding)
    {
        BigInteger[] x = [.. embedding.Select(v => (BigInteger)v)];
        for (int layer = 0; layer < model.Layers.Count; layer++)
            x = Layer(layer, model.Layers[layer], x);
        return x;
    }

    /// <summary>One block: the residual before and after it. Here GPT-2's.</summary>
    protected virtual BigInteger[] Layer(int layer, QuantizedLayer w, BigInteger[] x)
    {
        x = Add(x, Delta(w.Matrix("O"), Attention(layer, w, Norm(x, w.Norm("Norm1")))));
        return Add(x, FeedForward(w, "FC1", "FeedForward1", "FC2", Norm(x, w.Norm("Norm2"))));
    }

    /// <summary>Queries, keys and values of a vector, and the context that attention makes of them.</summary>
    protected BigInteger[] Attention(int layer, QuantizedLayer w, BigInteger[] normed)
    {
        int heads = model.Description.QueryHeads, d = model.Description.HeadWidth;
        BigInteger[] qkv = [.. Linear(w.Matrix("QKV"), normed).Select((v, r) => r / d % 3 == 0 ? Clip(v, -query, query) : Clip(v, -keyValue, keyValue))];
        return [.. Enumerable.Range(0, heads).SelectMany(head => Attend(w.Attention("Attention").Heads[head], layer * heads + head, qkv[(head * 3 * d)..((head + 1) * 3 * d)]))];
    }

    /// <summary>Up, GELU, down.</summary>
    protected BigInteger[] FeedForward(QuantizedLayer w, string up, string table, string down, BigInteger[] normed)
    {
        IEnumerable<BigInteger> hidden = Linear(w.Matrix(up), normed).Select(h => Clip(h, -32768, 32767));
        return Delta(w.Matrix(down), [.. hidden.Select(h => Gelu(w.Table(table), (int)h))]);
    }

    protected static BigInteger[] Delta(QuantizedMatrix m, BigInteger[] x) => [.. Linear(m, x).Select(v => Clip(v, -(1 << 23), (1 << 23) - 1))];

    private static List<BigInteger[]>[] Caches(QuantizedModel model) =>
        [.. Enumerable.Range(0, model.Description.Layers * model.Description.QueryHeads).Select(_ => new List<BigInteger[]>())];

    protected static BigInteger RoundShift(BigInteger x, int s) => s == 0 ? x : (x + (BigInteger.One << (s - 1))) >> s;

    protected static BigInteger Clip(BigInteger x, BigInteger min, BigInteger max) => BigInteger.Max(min, BigInteger.Min(max, x));

    protected static BigInteger[] Add(BigInteger[] x, BigInteger[] delta) => [.. x.Zip(delta, (a, b) => Clip(a + b, -(1 << 23), (1 << 23) - 1))];

    private static BigInteger[] Linear(QuantizedMatrix m, BigInteger[] x) => [.. Enumerable.Range(0, m.Rows).Select(r =>
    {
        BigInteger acc = m.Bias[r];
        for (int c = 0; c < m.Columns; c++)
            acc += m.Weights[r * m.Columns + c] * x[c];
        return RoundShift(acc * m.Scale[r].Value, m.Scale[r].Shift);
    })];

    protected virtual BigInteger[] Norm(BigInteger[] x, QuantizedNorm norm)
    {
        int length = x.Length;
        BigInteger s1 = x.Aggregate(BigInteger.Zero, (a, v) => a + v), s2 = x.Aggregate(BigInteger.Zero, (a, v) => a + v * v);
        BigInteger w = length * s2 - s1 * s1 + norm.Epsilon;
        int k = ((int)w.GetBitLength() - 1) / 2;
        BigInteger m = 2 * k >= 16 ? w >> (2 * k - 16) : w << (16 - 2 * k);
        int index = (int)(m >> 10);
        BigInteger r0 = (int)Math.Round(65536 / Math.Sqrt((index + 0.5) / 64)), r2 = r0 * r0 >> 16;
        BigInteger r1 = RoundShift(r0 * (3 * 65536 - RoundShift(m * r2, 16)), 17);
        return [.. x.Select((value, i) =>
        {
            BigInteger c = length * value - s1, t = k > 12 ? RoundShift(c, k - 12) : c << (12 - k), n = RoundShift(t * r1, 16);
            return Clip(RoundShift(n * norm.Gamma[i] + ((BigInteger)norm.Beta[i] << (6 + norm.GammaBits)), 12 + norm.GammaBits), -activation, activation);
        })];
    }

    private BigInteger Gelu(GeluTable table, int h)
    {
        int u = h + 32768;
        return Clip(RoundShift(table.Bases[u / 256] * 256 + table.Slopes[u / 256] * (u % 256), 14), -activation, activation);
    }

    private IEnumerable<BigInteger> Attend(HeadConstants head, int slot, BigInteger[] qkv)
    {
        int d = qkv.Length / 3;
        keys[slot].Add(qkv[d..(2 * d)]);
        values[slot].Add(qkv[(2 * d)..]);
        BigInteger[] scores = [.. keys[slot].Select(key => key.Zip(qkv, (a, b) => a * b).Aggregate((a, b) => a + b))];
        BigInteger max = scores.Max();
        BigInteger[] e = [.. scores.Select(score => Exponential((int)BigInteger.Min(RoundShift((max - score) * head.Score.Value, head.Score.Shift), 32767)))];
        BigInteger sum = e.Aggregate((a, b) => a + b);
        int b = (int)sum.GetBitLength() - 1;
        BigInteger m = b >= 16 ? sum >> (b - 16) : sum << (16 - b), r0 = (int)Math.Round(65536 / (1 + ((int)(m >> 8 & 255) + 0.5) / 256));
        BigInteger r1 = RoundShift(r0 * (2 * 65536 - RoundShift(m * r0, 16)), 16);
        for (int c = 0; c < d; c++)
        {
            BigInteger pv = e.Select((weight, j) => weight * values[slot][j][c]).Aggregate((p, q) => p + q);
            yield return Clip(RoundShift(RoundShift(RoundShift(pv, b - 12) * r1, 16) * head.Context.Value, head.Context.Shift), -activation, activation);
        }
    }

    private static BigInteger Exponential(int u)
    {
        static int T(int n) => (int)Math.Round(65535 * Math.Pow(2, -n / 64.0));
        int f = u % 1024, index = f / 16;
        return RoundShift(T(index) - RoundShift((T(index) - T(index + 1)) * (f % 16), 4), u / 1024);
    }
}
