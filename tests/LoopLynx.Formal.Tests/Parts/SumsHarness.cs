using LoopLynx.Formal.Tests.Harness;
using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Formal.Tests.Parts;

/// <summary>Running sums of two-bit terms, each beside a register that adds the same terms in the plain way.</summary>
public sealed class SumsHarness(int count) : Module
{
    public readonly Signal Valid = Input(Bit);
    public readonly Signal First = Input(Bit);
    public readonly Signal Term = Input(UInt(2));

    /// <summary>The part's own registers, as inputs.</summary>
    public readonly Signal[] Inside = [.. Probes(count).Select(p => Input(p.Type, p.Port))];

    private static readonly HdlType Sum = UInt(3);

    /// <summary>The part's own registers, which the invariants speak of.</summary>
    internal static IReadOnlyList<Probe> Probes(int count)
    {
        var turn = UInt(Sizes.AddressBits(count));
        return count == 1 ? [] : [new("sum_turn", turn), new("sum_written", turn), new("sum_writes", Bit), .. Enumerable.Range(0, count).Select(i => new Probe($"sum_rows[{i}]", Sum))];
    }

    protected override void Build()
    {
        Counter(out var at, count, "at");
        When(Valid, () => at.Step());
        Assert(at.Value < count, "there is a sum whose turn it is");
        var last = at.Value.Registered(Valid, "last");
        Register(out var any, Bit, reset: 0);
        When(Valid, () => any.Drive(1));
        var plain = Enumerable.Range(0, count).Select(i => Plain(at.Value == i, i)).ToArray();

        var sum = new PartialSums(Sum, count).Add(Valid, First, Term, "sum");
        var expected = plain[0].Sum;
        for (var i = 1; i < count; i++)
        {
            expected = Mux(last == i, plain[i].Sum, expected);
        }

        for (var i = 0; i < count; i++)
        {
            Assert(any | !plain[i].Started, "a sum has begun only where a term came");
        }

        Assert(!any | sum == expected, "the sum is that of its own terms since its first");
        if (count > 1)
        {
            Invariants(at.Value, last, plain);
        }
    }

    private (Signal Sum, Signal Started) Plain(Signal mine, int i)
    {
        Register(out var started, Bit, name: $"started{i}", reset: 0);
        Register(out var sum, Sum, name: $"plain{i}");
        Assume(!(Valid & mine & !started) | First, "a sum's first term says that it is the first");
        When(Valid & mine, () =>
        {
            started.Drive(1);
            sum.Drive((Mux(First, 0, sum) + Term).Truncate(Sum.Width));
        });
        return (sum, started);
    }

    private void Invariants(Signal at, Signal last, (Signal Sum, Signal Started)[] plain)
    {
        var (turn, written, writes) = (Inside[0], Inside[1], Inside[2]);
        Assert(turn == at, "each sum has its turn");
        Assert(!writes | written == last, "the sum that was made last is written");
        for (var i = 0; i < count; i++)
        {
            Assert(!plain[i].Started | (writes & written == i) | Inside[3 + i] == plain[i].Sum, $"row {i} holds its sum");
        }
    }
}
