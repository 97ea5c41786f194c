namespace LoopLynx.Contract;

/// <summary>Why tokens go through the layers.</summary>
public enum PassKind
{
    /// <summary>A prompt's tokens.</summary>
    Prefill,

    /// <summary>The token that was chosen last.</summary>
    Decode,

    /// <summary>Tokens that were guessed, to be verified.</summary>
    Verify,
}
