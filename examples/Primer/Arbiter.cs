namespace LoopLynx.Examples.Primer;

/// <summary>Grants one request a cycle, round robin: after the last granted one the others come first.</summary>
public sealed class Arbiter(int requesters) : Module
{
    /// <summary>One bit a requester.</summary>
    public readonly Signal Requests = Input(UInt(requesters));

    /// <summary>At most one bit is 1.</summary>
    public readonly Signal Grants = Output(UInt(requesters));

    /// <inheritdoc/>
    protected override void Build()
    {
        // 1 for the requesters behind the last granted one.
        Register(out var behind, UInt(requesters), reset: 0);
        Let(out var preferred, Requests & behind);
        Let(out var from, Mux(preferred != 0, preferred, Requests));
        Let(out var grant, from & (~from).WrapAdd(1));
        When(grant != 0, () => behind.Drive(~(grant | grant.WrapSub(1))));
        Grants.Drive(grant);
    }
}
