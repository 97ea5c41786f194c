namespace LoopLynx.Accelerator;

/// <summary>
/// Channels whose row beats move together, to one of several targets: registers in the module that is being built. Each target's valid is a register,
/// since it is known a cycle before whether all channels have a beat.
/// </summary>
internal sealed class BeatGroup
{
    private readonly Signal[] _valid;
    private readonly Signal _data;
    private readonly Signal[] _complete;
    private readonly Signal[] _ready;

    /// <summary>Joins the channels.</summary>
    /// <param name="readers">The channels' engines.</param>
    /// <param name="routes">Whether the beats are for a target; registers, at most one is 1. They change while no target takes any.</param>
    public BeatGroup(IReadOnlyList<ReadEngine> readers, IReadOnlyList<Signal> routes)
    {
        _data = SignalLanes.JoinLanes([.. readers.Select(r => r.Beat)]);
        _valid = new Signal[routes.Count];
        _complete = new Signal[routes.Count];
        _ready = new Signal[routes.Count];
        Wire(out var pop, Bit);
        var stays = readers.Select(r => r.Valid | r.Coming).Aggregate((a, b) => a & b);
        var follows = readers.Select(r => r.Coming).Aggregate((a, b) => a & b);
        var there = Mux(pop, follows, stays);
        for (var target = 0; target < routes.Count; target++)
        {
            _valid[target] = (there & routes[target]).RegisteredReset(0, name: "complete");
            Wire(out var complete, Bit);
            Wire(out var ready, Bit);
            (_complete[target], _ready[target]) = (complete, ready);
        }

        // Each engine sees for itself whether its beat leaves: a common net would reach too far.
        pop.Drive(ReadEngine.Leaves(SignalLanes.JoinLanes(_complete), SignalLanes.JoinLanes(_ready)));
        foreach (var reader in readers)
        {
            reader.Complete.Drive(SignalLanes.JoinLanes(_complete));
            reader.Ready.Drive(SignalLanes.JoinLanes(_ready));
        }
    }

    /// <summary>The beats of a target that takes this group's alone.</summary>
    public Stream<Signal> To(int target) => Together([this], target);

    /// <summary>The beats of several groups side by side, for a target that all have.</summary>
    public static Stream<Signal> Together(IReadOnlyList<BeatGroup> groups, int target)
    {
        Wire(out var ready, Bit);
        var complete = groups.Select(g => g._valid[target]).Aggregate((a, b) => a & b);
        foreach (var group in groups)
        {
            group._complete[target].Drive(complete);
            group._ready[target].Drive(ready);
        }

        return StreamSources.Of(complete, SignalLanes.JoinLanes([.. groups.Select(g => g._data)]), ready);
    }
}
