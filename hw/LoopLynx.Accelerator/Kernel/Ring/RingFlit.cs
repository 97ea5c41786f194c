namespace LoopLynx.Accelerator;

/// <summary>
/// A beat of the stream between two kernels: a packet of results, whose token it belongs to, its number in the token, what it is for, the credits of the
/// nodes behind it, and a check.
/// </summary>
/// <remarks>
/// On the wire, lowest bit first: values (24 bits each, up to a whole number of words of 16 bits), sequence 8, epoch 8, kind 2, credits 10 a node but one, 0 up
/// to a whole word, and the check: the words of a flit xor to 0. Up to four nodes of eight values make 256 bits.
/// A credit counter says how many flits its node has had room for since the token began, its places included, modulo 1024; 0 before it takes part.
/// The ring has one direction, so the counters go all the way round: lane i is that of the node i places before the sender.
/// </remarks>
public sealed record RingFlit(Signal Values, Signal Sequence, Signal Epoch, Signal Kind, Signal Credits)
{
    /// <summary>Bits of the number of a flit in its token, modulo.</summary>
    public const int SequenceBits = 8;

    /// <summary>Bits of a token's number.</summary>
    public const int EpochBits = 8;

    /// <summary>Bits of a <see cref="RingFlitKind"/>.</summary>
    public const int KindBits = 2;

    /// <summary>Bits of a counter of credits.</summary>
    public const int CreditBits = 10;

    /// <summary>Bits of a word, and of the check.</summary>
    public const int WordBits = 16;

    // Up to this many nodes all flits have one format.
    private const int LeastNodes = 4;

    /// <summary>Field types.</summary>
    public static IReadOnlyList<HdlType> Types(NodeConfiguration c) =>
        [ValuesType(c), UInt(SequenceBits), UInt(EpochBits), UInt(KindBits), CreditsType(c)];

    /// <summary>A packet of results.</summary>
    public static HdlType ValuesType(NodeConfiguration c) => c.Types.Result.Lanes(c.PacketLanes);

    /// <summary>The counters of credits that a flit carries: of its sender, the node before it, and so on; not of the receiver.</summary>
    public static HdlType CreditsType(NodeConfiguration c) => UInt(CreditBits).Lanes(c.Nodes - 1);

    /// <summary>The stream.</summary>
    public static AxiStreamFormat Format(NodeConfiguration c) => new(UInt(WordBits).Lanes(Words(c) + 1)) { HasLast = false };

    /// <summary>The words without the check.</summary>
    public Signal Pack(NodeConfiguration c)
    {
        var values = Values.AsBits().Extend(ValueWords(c) * WordBits);
        return Cat(Credits.AsBits(), Kind, Epoch, Sequence, values).Extend(Words(c) * WordBits).AsLanes(UInt(WordBits).Lanes(Words(c)));
    }

    /// <summary>Words with their check.</summary>
    public static Signal WithCheck(Signal words) => SignalLanes.JoinLanes(words, words.XorLanes());

    /// <summary>The flit of a beat whose check is right.</summary>
    public static RingFlit Unpack(NodeConfiguration c, Signal beat)
    {
        var bits = beat.AsBits();
        var low = 0;
        Signal Next(HdlType type)
        {
            var field = bits.Slice(low, type.Bits).AsLanes(type);
            low += type.Bits;
            return field;
        }

        var values = Next(ValuesType(c));
        low = ValueWords(c) * WordBits;
        return new RingFlit(values, Next(UInt(SequenceBits)), Next(UInt(EpochBits)), Next(UInt(KindBits)), Next(CreditsType(c)));
    }

    private static int Words(NodeConfiguration c) => ValueWords(c) + HeaderWords(c);

    private static int ValueWords(NodeConfiguration c) => Up(ValuesType(c).Bits);

    private static int HeaderWords(NodeConfiguration c) =>
        Up(SequenceBits + EpochBits + KindBits + (CreditBits * (Math.Max(LeastNodes, c.Nodes) - 1)));

    private static int Up(int bits) => (bits + WordBits - 1) / WordBits;
}
