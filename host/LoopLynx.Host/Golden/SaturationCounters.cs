namespace LoopLynx.Host;

/// <summary>How many values the golden model has clipped, by kind.</summary>
public sealed class SaturationCounters
{
    /// <summary>Elements of the residual stream, and deltas added to it.</summary>
    public long Residual { get; internal set; }

    /// <summary>Layer norm outputs.</summary>
    public long Norm { get; internal set; }

    /// <summary>Queries, keys and values.</summary>
    public long Qkv { get; internal set; }

    /// <summary>Attention outputs.</summary>
    public long Context { get; internal set; }

    /// <summary>Inputs of GELU.</summary>
    public long PreActivation { get; internal set; }

    /// <summary>Logits.</summary>
    public long Logits { get; internal set; }

    /// <summary>All kinds together.</summary>
    public long Total => Residual + Norm + Qkv + Context + PreActivation + Logits;

    /// <summary>Adds the counts of another sequence.</summary>
    public void Add(SaturationCounters other)
    {
        Residual += other.Residual;
        Norm += other.Norm;
        Qkv += other.Qkv;
        Context += other.Context;
        PreActivation += other.PreActivation;
        Logits += other.Logits;
    }
}
