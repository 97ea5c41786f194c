using System.Numerics;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Buses;

/// <summary>A manager and a register file, against a model of the registers, with stalls and three checkers.</summary>
public class LitePairTests
{
    [Theory, EveryEngine]
    public void What_is_written_is_read(EngineKind kind)
    {
        var random = new Random(5);
        var commands = Enumerable.Range(0, 300).Select(_ => (IsWrite: random.Next(2), Address: random.Next(32), Data: (BigInteger)(ulong)random.NextInt64() + 1000)).ToList();
        using var engine = CheckedEngine.Create(kind, Elaborator.Elaborate(new LitePair()));
        var bench = new Bench(engine);
        bench.Feed("Commands", commands.Select(c => Beat.Of(c.IsWrite, c.Address, c.Data)), stallPercent: 20);
        bench.Collect("Answers", Model(commands), stallPercent: 40);
        bench.RunToEnd();
    }

    private static IEnumerable<Beat> Model(IEnumerable<(int IsWrite, int Address, BigInteger Data)> commands)
    {
        BigInteger vector = 0, wide = 7;
        foreach (var (isWrite, address, data) in commands)
        {
            var word = address / 8;
            if (isWrite == 1)
            {
                vector = word == 0 ? data % (1 << 30) : vector;
                wide = word == 1 ? data : wide;
                yield return Beat.Of(0, word switch { 0 or 1 => 0, 2 => (int)AxiResponse.SubordinateError, _ => (int)AxiResponse.DecodeError });
            }
            else
            {
                yield return Beat.Of(word switch { 0 => vector, 1 => wide, 2 => Sum(vector), _ => 0 }, word == 3 ? (int)AxiResponse.DecodeError : 0);
            }
        }
    }

    /// <summary>The sum of three signed numbers of 10 bits, as the 12 bits that the register shows.</summary>
    private static BigInteger Sum(BigInteger vector)
    {
        var lanes = Enumerable.Range(0, 3).Select(i => SInt(10).Wrap((vector >> (10 * i)) % 1024));
        return UInt(12).Wrap(lanes.Aggregate(BigInteger.Add));
    }
}
