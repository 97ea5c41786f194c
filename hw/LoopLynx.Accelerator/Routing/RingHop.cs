namespace LoopLynx.Accelerator;

/// <summary>
/// A level of a ring's link: a register for each wire. On its own, so that it can lie where its way needs it, for example beside the border of a die.
/// </summary>
/// <param name="configuration">The machine.</param>
public sealed class RingHop(NodeConfiguration configuration) : Module
{
    /// <summary>Cycles from one side to the other.</summary>
    public const int Latency = 1;

    /// <summary>There is a flit.</summary>
    public readonly Signal Valid = Input(Bit);

    /// <summary>The flit.</summary>
    public readonly Signal Flit = Input(configuration.Types.Result.Lanes(configuration.PacketLanes));

    /// <summary>A credit, the other way.</summary>
    public readonly Signal Credit = Input(Bit);

    /// <summary><see cref="Valid"/> a cycle later.</summary>
    public readonly Signal NextValid = Output(Bit);

    /// <summary><see cref="Flit"/> a cycle later.</summary>
    public readonly Signal NextFlit = Output(configuration.Types.Result.Lanes(configuration.PacketLanes));

    /// <summary><see cref="Credit"/> a cycle later.</summary>
    public readonly Signal NextCredit = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => "registers on the way between two nodes";

    /// <inheritdoc/>
    protected override void Build()
    {
        NextValid.Drive(Valid.RegisteredReset(0, name: "valid"));
        NextFlit.Drive(Flit.Registered(name: "flit"));
        NextCredit.Drive(Credit.RegisteredReset(0, name: "credit"));
    }
}
