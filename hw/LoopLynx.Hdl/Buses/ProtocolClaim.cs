namespace LoopLynx.Hdl;

/// <summary>What a protocol check does with the duties of one side.</summary>
public enum ProtocolClaim
{
    /// <summary>Asserts what the module itself must keep, and assumes what the other side must keep.</summary>
    ByDirection,

    /// <summary>Claims them: simulators stop where one is broken, formal tools search for a run that breaks one.</summary>
    Assert,

    /// <summary>Takes them for granted: simulators stop where one is broken, formal tools look only at runs that keep them.</summary>
    Assume,

    /// <summary>Leaves them out.</summary>
    None,
}
