namespace LoopLynx.Accelerator;

/// <summary>
/// Carries a token between the host's buffers and the node: reads the embedding's row, gives it to the node with the position, and writes the hidden state.
/// </summary>
/// <remarks>
/// A value is a word of 32 bits in a buffer; what doesn't fit the residual raises <see cref="Overflows"/>. Each packet is written by a burst of one beat.
/// </remarks>
public sealed class TokenPort(NodeConfiguration configuration) : Module
{
    private const int BurstBeats = MemorySizes.MaxBurstBeats;

    /// <summary>Begins a token.</summary>
    public readonly Signal Start = Input(Bit);

    /// <summary>Its position; stable from before <see cref="Start"/> on.</summary>
    public readonly Signal Position = Input(UInt(Sizes.AddressBits(configuration.Context)));

    /// <summary>Address of its embedding.</summary>
    public readonly Signal Embeddings = Input(UInt(MemoryPort.AddressBits));

    /// <summary>Where the hidden state goes.</summary>
    public readonly Signal Results = Input(UInt(MemoryPort.AddressBits));

    /// <summary>Bursts to read: byte address, beats - 1.</summary>
    public readonly StreamOut<Pair<Signal, Signal>> Orders = Out<Pair<Signal, Signal>>([UInt(MemoryPort.AddressBits), UInt(8)]);

    /// <summary>What has been read.</summary>
    public readonly StreamIn<Signal> Answers = In(HostWrite.Words(configuration));

    /// <summary>Beats to write.</summary>
    public readonly StreamOut<HostWrite> Writes = Out<HostWrite>(HostWrite.Types(configuration));

    /// <summary>The position, for the node.</summary>
    public readonly StreamOut<Signal> Token = Out(UInt(Sizes.AddressBits(configuration.Context)));

    /// <summary>The embedding, for the node.</summary>
    public readonly StreamOut<Signal> Embedding = Out(configuration.Types.Residual.Lanes(configuration.PacketLanes));

    /// <summary>The node's hidden state.</summary>
    public readonly StreamIn<Signal> Hidden = In(configuration.Types.Residual.Lanes(configuration.PacketLanes));

    /// <summary>All of it has been given to <see cref="Writes"/>; until the next start.</summary>
    public readonly Signal Done = Output(Bit);

    /// <summary>A value of the embedding doesn't fit the residual; until reset.</summary>
    public readonly Signal Overflows = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => "embedding in, hidden state out, through the host's buffers";

    private int Packets => configuration.Embed / configuration.PacketLanes;

    /// <inheritdoc/>
    protected override void Build()
    {
        Order();
        Register(out var waiting, Bit, reset: 0);
        Wire(out var taken, Bit);
        When(Start, () => waiting.Drive(1)).ElseWhen(waiting & taken, () => waiting.Drive(0));
        Token.Drive(StreamSources.Of(waiting, Position.Registered(name: "position"), taken));
        Give();
        Take();
    }

    private void Order()
    {
        Register(out var left, UInt(Sizes.BitsFor(Packets)), reset: 0);
        Register(out var address, UInt(MemoryPort.AddressBits));
        Wire(out var taken, Bit);
        Let(out var whole, left >= BurstBeats);
        var beats = Mux(whole, Const(UInt(5), BurstBeats), left.Resize(5));
        var order = new Pair<Signal, Signal>(address, beats.WrapSub(1).Resize(8));
        When(Start, () =>
        {
            left.Drive(Packets);
            address.Drive(Embeddings);
        }).ElseWhen(left != 0 & taken, () =>
        {
            left.Drive(left.WrapSub(beats.Resize(left.Width)));
            address.Drive(address.WrapAdd(BurstBeats * HostWrite.Bytes(configuration)));
        });
        Orders.Drive(StreamSources.Of(left != 0, order, taken));
    }

    private void Give()
    {
        var c = configuration;
        var words = ((Stream<Signal>)Answers).Isolate("words", isFar: true);
        var values = words.Data.Truncate(c.Types.Residual.Width);
        Register(out var overflows, Bit, reset: 0);
        Let(out var lost, (values.Extend(words.Data.Width) != words.Data).AnyLane());
        When(words.Fire & lost, () => overflows.Drive(1));
        Overflows.Drive(overflows);
        Embedding.Drive(words.Map(_ => values));
    }

    private void Take()
    {
        var c = configuration;
        Register(out var left, UInt(Sizes.BitsFor(Packets)), reset: 0);
        Register(out var address, UInt(MemoryPort.AddressBits));
        var packets = ((Stream<Signal>)Hidden).Isolate("hidden", isFar: true);
        When(Start, () =>
        {
            left.Drive(Packets);
            address.Drive(Results);
        }).ElseWhen(packets.Fire, () =>
        {
            left.Drive(left.WrapSub(1));
            address.Drive(address.WrapAdd(HostWrite.Bytes(c)));
        });
        Writes.Drive(packets.Map(values => new HostWrite(address, values.Extend(8 * HostWrite.WordBytes))));
        Register(out var done, Bit, reset: 0);
        When(Start, () => done.Drive(0)).ElseWhen(left == 1 & packets.Fire, () => done.Drive(1));
        Done.Drive(done);
    }
}
