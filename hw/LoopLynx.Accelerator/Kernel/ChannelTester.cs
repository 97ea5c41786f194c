namespace LoopLynx.Accelerator;

/// <summary>
/// The self-test of a memory channel: reads it from its first byte on in whole bursts, as fast as it answers and the host allows, and compares every
/// word with its number.
/// </summary>
/// <remarks>
/// The host fills the channel with words that count up from 0, of 32 bits or, where a beat is narrower, of a beat. So what comes from another address is
/// an error too.
/// </remarks>
public sealed class ChannelTester(NodeConfiguration configuration) : Module
{
    /// <summary>Bits of the number of bursts.</summary>
    public const int BurstBits = 20;

    private const int BurstBeats = MemorySizes.MaxBurstBeats;
    private const int CountBits = BurstBits + 4;

    /// <summary>1 for a cycle: begins.</summary>
    public readonly Signal Goes = Input(Bit);

    /// <summary>A test runs, so the channel is the tester's.</summary>
    public readonly Signal Tests = Input(Bit);

    /// <summary>Bursts to read; stable while it runs.</summary>
    public readonly Signal Bursts = Input(UInt(BurstBits));

    /// <summary>How fast to read at most, as <see cref="ReadPacer.Rate"/>.</summary>
    public readonly Signal Pace = Input(UInt(ReadPacer.FractionBits));

    /// <summary>The channel is the tester's, a cycle after <see cref="Tests"/>.</summary>
    public readonly Signal Owns = Output(Bit);

    /// <summary>A burst is to be read.</summary>
    public readonly Signal Asks = Output(Bit);

    /// <summary>The channel takes what is asked for.</summary>
    public readonly Signal Taken = Input(Bit);

    /// <summary>The burst's address.</summary>
    public readonly Signal Address = Output(UInt(MemoryPort.ChannelAddressBits));

    /// <summary>The channel delivers a beat.</summary>
    public readonly Signal HasBeat = Input(Bit);

    /// <summary>The beat.</summary>
    public readonly Signal Beat = Input(configuration.Types.MemoryByte.Lanes(configuration.Lanes));

    /// <summary>All that was asked for has come.</summary>
    public readonly Signal Done = Output(Bit);

    /// <summary>Beats with a wrong word since <see cref="Goes"/>.</summary>
    public readonly Signal Errors = Output(UInt(CountBits));

    /// <inheritdoc/>
    public override string Summary => "reads a channel and counts beats that aren't as they should be";

    /// <summary>Bits of a word of the pattern.</summary>
    public static int WordBits(NodeConfiguration c) => Math.Min(32, 8 * c.Lanes);

    /// <inheritdoc/>
    protected override void Build()
    {
        Owns.Drive(Tests.Copies(1, reset: 0, name: "owns")[0]);
        var goes = Goes.RegisteredReset(0, name: "goes");
        Ask(goes);
        Register(out var due, UInt(CountBits), reset: 0);
        var comes = (HasBeat & Owns).RegisteredReset(0, name: "comes");
        When(goes, () => due.Drive(Cat(Bursts, Const(UInt(4), 0)))).ElseWhen(comes, () => due.Drive(due.WrapSub(1)));
        Done.Drive((due == 0).RegisteredReset(0, name: "done"));

        var wrong = Wrong(goes, comes).Registered(name: "wrong");
        var checks = comes.RegisteredReset(0, name: "checks");
        var bad = (wrong.AnyLane() & checks).RegisteredReset(0, name: "bad");
        Register(out var errors, UInt(CountBits), reset: 0);
        When(goes, () => errors.Drive(0)).ElseWhen(bad, () => errors.Drive(errors.WrapAdd(1)));
        Errors.Drive(errors);
    }

    private void Ask(Signal goes)
    {
        Register(out var left, UInt(BurstBits), reset: 0);
        Register(out var address, Address.Type);
        Register(out var asks, Bit, reset: 0);
        Instance(out var pacer, new ReadPacer());
        pacer.Rate.Drive(Pace);
        pacer.Beats.Drive(BurstBeats);
        pacer.Ordered.Drive(asks & Taken);
        When(goes, () =>
        {
            left.Drive(Bursts);
            address.Drive(0);
        }).ElseWhen(asks & Taken, () =>
        {
            asks.Drive(0);
            left.Drive(left.WrapSub(1));
            address.Drive(address.WrapAdd(BurstBeats * configuration.Lanes));
        }).ElseWhen(left != 0 & pacer.Open, () => asks.Drive(1));
        Asks.Drive(asks);
        Address.Drive(address);
    }

    /// <summary>A bit a word: it isn't its number.</summary>
    private Signal Wrong(Signal goes, Signal comes)
    {
        var bits = WordBits(configuration);
        var words = 8 * configuration.Lanes / bits;
        var within = Sizes.CeilLog2(words);
        Register(out var number, UInt(bits - within));
        When(goes, () => number.Drive(0)).ElseWhen(comes, () => number.Drive(number.WrapAdd(1)));
        var beat = Beat.Registered(name: "beat").AsBits().AsLanes(UInt(bits).Lanes(words));
        Signal Expected(int word) => within == 0 ? number : Cat(number, Const(UInt(within), word));
        return SignalLanes.JoinLanes([.. Enumerable.Range(0, words).Select(i => beat.Lane(i) != Expected(i))]);
    }
}
