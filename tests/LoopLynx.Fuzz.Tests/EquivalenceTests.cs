using LoopLynx.Fuzz.Designs;
using LoopLynx.Fuzz.Engines;
using LoopLynx.Fuzz.Equivalence;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;
using Assert = Xunit.Assert;
using Outcome = LoopLynx.Fuzz.Equivalence.Equivalence;

namespace LoopLynx.Fuzz.Tests;

/// <summary>The Verilog and the netlist's text form are proved to be one machine, and a change of either breaks the proof.</summary>
public class EquivalenceTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public void Small_random_designs_are_proved()
    {
        var proved = 0;
        for (var seed = 1; seed <= 60; seed++)
        {
            var decisions = new Decisions(seed);
            var one = new FuzzCase(seed, decisions.Taken, new Trace(Elaborator.ElaborateUnchecked(RandomTop.Of(decisions)), [], []));
            if (one.Bits <= 6000)
            {
                var (outcome, mismatch) = EquivalenceCheck.Run(one, Limit, TestContext.Current.CancellationToken);
                Assert.True(mismatch is null, $"seed {seed}: {mismatch}");
                proved += outcome == Outcome.Proved ? 1 : 0;
            }
        }

        Assert.InRange(proved, 5, 60);
    }

    [Fact]
    public void A_design_with_all_kinds_of_state_and_a_word_of_Verilog_is_proved() => Assert.Equal((Outcome.Proved, ""), Prove());

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Resets_of_every_kind_are_proved(bool asynchronous, bool low)
    {
        var domain = new ClockDomain("aclk", "arst") { AsynchronousReset = asynchronous, ActiveLowReset = low };
        Design design() => Elaborator.Elaborate(new Counter(domain));
        Assert.Equal((Outcome.Proved, ""), EquivalenceCheck.Prove(design(), Limit, cancel: TestContext.Current.CancellationToken));
        var mistake = EquivalenceCheck.Prove(design(), Limit, v => v.Replace("count <= 8'd7", "count <= 8'd6", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal((Outcome.Different, "count"), mistake);
    }

    /// <summary>Each of these mistakes in the backend would be found, and where.</summary>
    [Theory]
    [InlineData("Sum + ", "Sum - ", "Sum")]
    [InlineData("Sum <= 8'd3", "Sum <= 8'd2", "Sum")]
    [InlineData("initial Sum = 8'd3", "initial Sum = 8'd4", "Sum")]
    [InlineData("table_[0] = 8'd5", "table_[0] = 8'd6", "inner.table[0]")]
    [InlineData("table_[At[1:0]] <=", "table_[At[2:1]] <=", "inner.table[0]")]
    public void A_mistake_is_found(string text, string mistake, string where)
    {
        var found = 0;
        var (outcome, difference) = Prove(verilog =>
        {
            found += verilog.Contains(text, StringComparison.Ordinal) ? 1 : 0;
            return verilog.Replace(text, mistake, StringComparison.Ordinal);
        });
        Assert.Equal(1, found);
        Assert.Equal((Outcome.Different, where), (outcome, difference));
    }

    [Fact]
    public void A_mistake_in_the_text_form_is_found_too()
    {
        var text = NetlistText.Of(Elaborator.Elaborate(new Inner()));
        Assert.Throws<FormatException>(() => NetlistReader.Read(text.Replace("UInt(8)", "Real(8)", StringComparison.Ordinal)));
        Assert.Equal(3, NetlistReader.Read(text).Top.Inputs.Count);
    }

    private static (Outcome, string) Prove(Func<string, string>? change = null) =>
        EquivalenceCheck.Prove(Elaborator.Elaborate(new Outer()), Limit, change, TestContext.Current.CancellationToken);

    private sealed class Counter(ClockDomain domain) : Module
    {
        public readonly Signal Count = Output(UInt(8));

        protected override void Build() => InDomain(domain, () =>
        {
            Register(out var count, UInt(8), reset: 7);
            count.Drive(count.WrapAdd(1));
            Count.Drive(count);
        });
    }

    private sealed class Inner : Module
    {
        public readonly Signal At = Input(UInt(3));
        public readonly Signal Word = Input(UInt(8));
        public readonly Signal Enable = Input(Bit);
        public readonly Signal Now = Output(UInt(8));
        public readonly Signal Later = Output(UInt(8));

        protected override void Build()
        {
            var rows = Memory("table", UInt(8), 4, default, [[5], [7]]);
            rows.Write(At.Slice(0, 2), Word, Enable);
            Now.Drive(rows.Read(At));
            Later.Drive(rows.ReadSync(At.Slice(1, 2), Enable));
        }
    }

    private sealed class Outer : Module
    {
        public readonly Signal Word = Input(UInt(8));
        public readonly Signal Total = Output(UInt(8));
        public readonly Signal Rows = Output(UInt(16));

        protected override void Build()
        {
            Register(out var sum, UInt(8), reset: 3, name: "Sum");
            When(Word[0], () => sum.Drive(sum.WrapAdd(Word)));
            Instance(out Inner inner, new Inner());
            inner.At.Drive(sum.Slice(0, 3));
            inner.Word.Drive(Word);
            inner.Enable.Drive(Word.Msb);
            Rows.Drive(Cat(inner.Now, inner.Later));
            Total.Drive(sum);
        }
    }
}
