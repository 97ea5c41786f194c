namespace LoopLynx.Accelerator;

/// <summary>
/// Hands the constants at the head of a layer's stream to the kernels that keep them: normalisation parameters, GELU table, heads' constants, scalars, in this order.
/// </summary>
/// <remarks>Latency 0; one super-beat a cycle where the kernel takes one.</remarks>
public sealed class ConstantLoader(NodeConfiguration configuration) : Module
{
    /// <summary>Begins a layer's constants.</summary>
    public readonly Signal Start = Input(Bit);

    /// <summary>Super-beats of the stream.</summary>
    public readonly StreamIn<Signal> Beats = In(Formats.Int8.Lanes(configuration.SuperBytes));

    /// <summary>Both layer norms' gamma and beta.</summary>
    public readonly StreamOut<Signal> Norm = Out(Formats.Int8.Lanes(configuration.SuperBytes));

    /// <summary>The GELU table.</summary>
    public readonly StreamOut<Signal> Gelu = Out(Formats.Int8.Lanes(configuration.SuperBytes));

    /// <summary>The heads' constants.</summary>
    public readonly StreamOut<Signal> Heads = Out(Formats.Int8.Lanes(configuration.SuperBytes));

    /// <summary>The layer's scalars.</summary>
    public readonly StreamOut<Signal> Scalars = Out(Formats.Int8.Lanes(configuration.SuperBytes));

    /// <summary>1 in the cycle in which the last beat has been handed over.</summary>
    public readonly Signal Done = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => "distributes a layer's constants";

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        int[] ends = [2 * c.NormBeats, (2 * c.NormBeats) + c.GeluBeats, (2 * c.NormBeats) + c.GeluBeats + c.HeadConstantBeats, c.LayerConstantBeats];
        Register(out var active, Bit, reset: 0);
        Register(out var beat, UInt(Sizes.BitsFor(c.LayerConstantBeats)), reset: 0);
        var section = Const(UInt(2), 3);
        for (var i = 2; i >= 0; i--)
        {
            section = Mux(beat < ends[i], Const(UInt(2), i), section);
        }

        Let(out var target, section);
        var outputs = Beats.Gate(active).Demultiplex(target, 4, "section");
        Norm.Drive(outputs[0]);
        Gelu.Drive(outputs[1]);
        Heads.Drive(outputs[2]);
        Scalars.Drive(outputs[3]);
        Let(out var last, Beats.Fire & beat == c.LayerConstantBeats - 1);
        When(Start, () =>
        {
            active.Drive(1);
            beat.Drive(0);
        }).ElseWhen(Beats.Fire, () =>
        {
            beat.Drive(beat.WrapAdd(1));
            When(last, () => active.Drive(0));
        });
        Done.Drive(last.RegisteredReset(0));
    }
}
