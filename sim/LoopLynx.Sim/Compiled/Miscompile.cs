namespace LoopLynx.Sim.Compiled;

/// <summary>One mistake in an optimisation, made on purpose: the tests of the fuzzer see that it would be found. Each mistake goes away with its optimisation off.</summary>
internal enum Miscompile
{
    /// <summary>None.</summary>
    None,

    /// <summary>The lanes that are left after the full vectors of a loop are not written.</summary>
    Lanes,

    /// <summary>The first two registers of a pack get each other's next value.</summary>
    Packing,

    /// <summary>A register that is read inside a joined expression isn't counted as read there, so it may be updated before.</summary>
    Fusion,

    /// <summary>No old values are kept, whatever the order of updates.</summary>
    InPlace,

    /// <summary>The arms of a branch inside a branch are exchanged.</summary>
    Branches,

    /// <summary>A group that sleeps isn't woken by what it has changed itself.</summary>
    Sleep,
}
