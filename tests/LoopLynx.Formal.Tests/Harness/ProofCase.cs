using LoopLynx.Hdl;

namespace LoopLynx.Formal.Tests.Harness;

/// <summary>One thing to prove.</summary>
/// <param name="Name">For test lists.</param>
/// <param name="Inputs">Streams that the environment feeds: patient, otherwise free.</param>
/// <param name="Outputs">Streams that the environment takes, when it likes.</param>
/// <param name="Build">The hardware and the claims about it.</param>
internal sealed record ProofCase(string Name, HdlType[] Inputs, HdlType[] Outputs, Action<ProofHarness> Build)
{
    /// <summary>Cycles from reset within which no run may break a claim.</summary>
    public int Depth { get; init; } = 8;

    /// <summary>The k of k-induction: with it the proof is for runs of any length. Null: bounded only.</summary>
    public int? Induction { get; init; } = 2;

    /// <summary>Scoreboards: as many beats are watched at the same time.</summary>
    public int Watches { get; init; } = 1;

    /// <summary>Lanes of an input's beat.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>Inputs beside the streams, free in every cycle.</summary>
    public HdlType[] Controls { get; init; } = [];

    /// <summary>Registers that helper invariants name.</summary>
    public Probe[] Probes { get; init; } = [];

    /// <summary>False: only what a user of the combinator sees is claimed, nothing about its registers.</summary>
    public bool WithInvariants { get; init; } = true;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
