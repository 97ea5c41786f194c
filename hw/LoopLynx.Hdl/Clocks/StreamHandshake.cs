using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>
/// A stream from one clock to another, one beat at a time: the payload waits in a register, a request that toggles for each beat crosses, and an acknowledge that toggles crosses back.
/// Cheaper than <see cref="AsyncFifo{T}"/> for wide and rare beats.
/// </summary>
/// <remarks>
/// Latency: one edge of <paramref name="from"/>, then <paramref name="stages"/> + 1 edges of <paramref name="to"/>, at most one more. The next beat is taken <paramref name="stages"/> edges of <paramref name="from"/>
/// after that, at most one more. No combinational path from one side to the other. Reset both domains together.
/// </remarks>
/// <param name="types">Payload types.</param>
/// <param name="from">Clock of <see cref="Push"/>.</param>
/// <param name="to">Clock of <see cref="Pop"/>.</param>
/// <param name="stages">Registers of each synchroniser, at least 2.</param>
public sealed class StreamHandshake<T>(IReadOnlyList<HdlType> types, ClockDomain from, ClockDomain to, int stages = Synchronisers.MinStages) : Module
{
    private Signal _request = null!;
    private Signal _acknowledge = null!;

    /// <summary>Beats to send, of clock <c>from</c>.</summary>
    public readonly StreamIn<T> Push = In<T>(types);

    /// <summary>The beats, of clock <c>to</c>.</summary>
    public readonly StreamOut<T> Pop = Out<T>(types);

    /// <inheritdoc/>
    public override string Summary => $"handshake of one beat from clock {from.Clock} to clock {to.Clock}";

    /// <inheritdoc/>
    protected override void Build()
    {
        var payload = new Signal[Push.Fields.Count];
        InDomain(from, () =>
        {
            Register(out _request, Bit, reset: 0, "request");
            foreach (var (i, name) in Payload<T>.Names.Index())
            {
                Register(out payload[i], Push.Fields[i].Type, $"payload_{name}");
            }
        });
        InDomain(to, () => Register(out _acknowledge, Bit, reset: 0, "acknowledge"));
        InDomain(from, () => Send(payload));
        InDomain(to, () => Receive(payload));
    }

    private void Send(Signal[] payload)
    {
        var acknowledged = Synchronisers.Chain(_acknowledge, from, stages, reset: false, "acknowledge_sync", default);
        Let(out var idle, _request == acknowledged);
        Push.Ready.Drive(idle);
        When(Push.Fire, () =>
        {
            _request.Drive(!_request);
            foreach (var (register, field) in payload.Zip(Push.Fields))
            {
                register.Drive(field);
            }
        });
        Assert(idle | !Push.Fire, "the payload doesn't change while it crosses");
    }

    private void Receive(Signal[] payload)
    {
        var builder = Builder.Current;
        var requested = Synchronisers.Chain(_request, to, stages, reset: false, "request_sync", default);
        Register(out var full, Bit, reset: 0);
        Let(out var open, !full | Pop.Ready);
        Let(out var waiting, requested != _acknowledge);
        When(open, () => full.Drive(waiting));
        When(open & waiting, () => _acknowledge.Drive(requested));
        var names = Payload<T>.Names;
        for (var i = 0; i < payload.Length; i++)
        {
            var held = builder.NewRegister(payload[i].Type, $"held_{names[i]}", null, default, CrossingKind.Held);
            builder.AssignRegister(held, builder.Resolve(payload[i]), builder.Resolve(open & waiting), default);
            Pop.Fields[i].Drive(builder.Wrap(held));
        }

        Pop.Valid.Drive(full);
    }
}
