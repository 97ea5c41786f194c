namespace LoopLynx.Host;

/// <summary>How attention turns scores into weights.</summary>
public enum SoftmaxMode
{
    /// <summary>The hardware's: unnormalised 16-bit exponentials, one reciprocal per head applied to the weighted sum.</summary>
    Precise,

    /// <summary>The paper's: probabilities rounded to int8 before the weighted sum. For comparing quality only.</summary>
    Paper,
}
