namespace LoopLynx.Runtime;

/// <summary>Takes part in every cycle of a session: it looks, or holds streams back by overriding what the session has driven.</summary>
public abstract class CycleProbe
{
    /// <summary>Inputs are driven, outputs aren't computed yet: a valid or ready may be taken back. A beat that was offered in an earlier cycle must stay offered.</summary>
    public virtual void Driven()
    {
    }

    /// <summary>Outputs are those of this cycle; the handshakes are about to happen.</summary>
    public virtual void Settled()
    {
    }

    /// <summary>The clock edge is over.</summary>
    public virtual void Ticked()
    {
    }
}
