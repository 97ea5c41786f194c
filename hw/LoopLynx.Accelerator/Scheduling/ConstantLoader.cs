namespace LoopLynx.Accelerator;

/// <summary>Hands the constants at the head of a layer's stream to the kernels that keep them, in the order of the program's sections.</summary>
/// <remarks>
/// A beat is offered from a register while it waits at the input, where it stands still; therefore the register needs no enable. One beat every
/// <see cref="BeatCycles"/> cycles, and as many more as the kernel waits.
/// </remarks>
public sealed class ConstantLoader(NodeConfiguration configuration) : Module
{
    /// <summary>Cycles from a beat at the input to the same beat at the kernel.</summary>
    public const int OfferLatency = 1;

    // From a kernel that may wait: it has taken the beat, which then leaves the input.
    private const int TakeLatency = 1;

    /// <summary>Cycles from <see cref="Start"/> to the first in which a beat can be seen.</summary>
    public const int StartLatency = 1;

    /// <summary>Cycles from the last beat that is taken to <see cref="Done"/>.</summary>
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

    /// <summary>1 for one cycle, <see cref="DoneLatency"/> after the last beat has been taken.</summary>
    public readonly Signal Done = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => "distributes a layer's constants";

    /// <summary>Whether a receiver takes a beat in several cycles; the others take it in the cycle in which it is offered.</summary>
    public static bool Waits(string receiver) => receiver is Receivers.Unary or Receivers.Scalars;

    /// <summary>Cycles from a beat that is seen to the next, where the kernel takes it in the first cycle in which it is offered.</summary>
    public static int BeatCycles(string receiver) => OfferLatency + (Waits(receiver) ? TakeLatency : 0) + 1;

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
        var takes = Offer(active, target);
        Let(out var last, takes & beat.Value == beats - 1);
        When(Start, () =>
        {
            active.Drive(1);
            beat.Clear();
        }).ElseWhen(takes, () =>
        {
            beat.Step();
            When(last, () => active.Drive(0));
        });
        Done.Drive(last);
    }

    /// <summary>Offers the beat that waits to its kernel; the result is 1 for one cycle when it has been taken, and it leaves.</summary>
    private Signal Offer(Signal active, Signal target)
    {
        var data = Beats.Data.Registered(name: "data");
        Register(out var takes, Bit, reset: 0);
        var offers = new List<Signal>();
        var taken = new List<Signal>();
        foreach (var port in Outputs)
        {
            Register(out var offered, Bit, reset: 0);
            port.Valid.Drive(offered);
            port.Data.Drive(data);
            offers.Add(offered);
            taken.Add(offered & port.Ready);
        }

        Let(out var sees, active & Beats.Valid & !takes & !offers.Aggregate((a, b) => a | b));
        foreach (var (offered, i) in offers.Select((offered, i) => (offered, i)))
        {
            When(taken[i], () => offered.Drive(0)).ElseWhen(sees & target == i, () => offered.Drive(1));
        }

        // Who never waits has taken the beat in the cycle in which it leaves the input.
        var receivers = ReceiversOf(configuration);
        var waits = taken.Where((_, i) => Waits(receivers[i])).Aggregate(Const(Bit, 0), (a, b) => a | b);
        var atOnce = Enumerable.Range(0, receivers.Count).Where(i => !Waits(receivers[i])).Select(i => target == i).Aggregate(Const(Bit, 0), (a, b) => a | b);
        takes.Drive(waits | (sees & atOnce));
        foreach (var (port, i) in Outputs.Select((port, i) => (port, i)).Where(p => !Waits(receivers[p.i])))
        {
            Assert(!offers[i] | port.Ready, $"{receivers[i]} takes a beat in the cycle in which it is offered");
        }

        Beats.Ready.Drive(takes);
        return takes;
    }
}
