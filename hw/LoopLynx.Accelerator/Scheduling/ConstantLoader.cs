namespace LoopLynx.Accelerator;

/// <summary>Hands the constants at the head of a layer's stream to the kernels that keep them, in the order of the program's sections.</summary>
/// <remarks>Latency 0; one super-beat a cycle where the kernel takes one.</remarks>
public sealed class ConstantLoader(NodeConfiguration configuration) : Module
{
    /// <summary>Cycles from <see cref="Start"/> to the first in which a beat can be handed over.</summary>
    public const int StartLatency = 1;

    /// <summary>Cycles from the last beat to <see cref="Done"/>.</summary>
    public const int DoneLatency = 1;

    /// <summary>Begins a layer's constants.</summary>
    public readonly Signal Start = Input(Bit);

    /// <summary>Super-beats of the stream.</summary>
    public readonly StreamIn<Signal> Beats = In(configuration.Types.MemoryByte.Lanes(configuration.SuperBytes));

    /// <summary>Super-beats for the kernels, by the place in <see cref="Receivers"/>.</summary>
    public readonly StreamOut<Signal>[] Outputs =
    [
        .. ReceiversOf(configuration).Select(receiver => Out(configuration.Types.MemoryByte.Lanes(configuration.SuperBytes), receiver)),
    ];

    /// <summary>1 for one cycle, <see cref="DoneLatency"/> after the last beat has been handed over.</summary>
    public readonly Signal Done = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => "distributes a layer's constants";

    /// <summary>The receivers of a layer's constants, in the order of the stream.</summary>
    public static IReadOnlyList<string> ReceiversOf(NodeConfiguration c) => [.. c.Program.Constants.Reads.Select(r => r.Receiver).Distinct()];

    /// <summary>The super-beats for a receiver.</summary>
    public StreamOut<Signal> To(string receiver) => Outputs[ReceiversOf(configuration).ToList().IndexOf(receiver)];

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var receivers = ReceiversOf(c);
        var ends = receivers.Select(receiver => c.Program.Constants.Reads.Where(r => r.Receiver == receiver).Max(r => c.Map[r.Name].End)).ToList();
        var beats = ends[^1];
        Register(out var active, Bit, reset: 0);
        Counter(out var beat, UInt(Sizes.BitsFor(beats)));
        var sectionType = UInt(Sizes.AddressBits(receivers.Count));
        var section = Const(sectionType, receivers.Count - 1);
        for (var i = receivers.Count - 2; i >= 0; i--)
        {
            section = Mux(beat.Value < ends[i], Const(sectionType, i), section);
        }

        Let(out var target, section);
        var outputs = Beats.Gate(active).Demultiplex(target, receivers.Count, "section");
        foreach (var (port, output) in Outputs.Zip(outputs))
        {
            port.Drive(output);
        }

        Let(out var last, Beats.Fire & beat.Value == beats - 1);
        When(Start, () =>
        {
            active.Drive(1);
            beat.Clear();
        }).ElseWhen(Beats.Fire, () =>
        {
            beat.Step();
            When(last, () => active.Drive(0));
        });
        Done.Drive(last.RegisteredReset(0));
    }
}
