using System.Runtime.CompilerServices;
using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Formal.Tests.Harness;

/// <summary>Puts a design among free inputs, with what the environment keeps as assumptions, and lets the case make its claims.</summary>
internal sealed class ProofHarness(ProofCase proof) : Module
{
    /// <summary>Streams from the environment.</summary>
    public readonly StreamIn<Signal>[] Ins = [.. proof.Inputs.Select((type, i) => In(type, $"in{i}"))];

    /// <summary>Streams to the environment.</summary>
    public readonly StreamOut<Signal>[] Outs = [.. proof.Outputs.Select((type, i) => Out(type, $"out{i}"))];

    /// <summary>The case's own inputs.</summary>
    public readonly Signal[] Controls = [.. proof.Controls.Select((type, i) => Input(type, $"control{i}"))];

    private readonly Dictionary<string, int> _probes = proof.Probes.Index().ToDictionary(p => p.Item.Path, p => p.Index);

    /// <summary>The solver's choices of beats.</summary>
    public readonly Signal[] PickNow = [.. Enumerable.Range(0, proof.Watches).Select(i => Input(Bit, $"pick{i}"))];

    /// <summary>The solver's choices of lanes.</summary>
    public readonly Signal[] PickPart = proof.Parts == 1 ? [] : [.. Enumerable.Range(0, proof.Watches).Select(i => Input(UInt(Sizes.AddressBits(proof.Parts)), $"part{i}"))];

    /// <summary>Registers inside the design, as inputs.</summary>
    public readonly Signal[] Probes = [.. proof.Probes.Select(p => Input(p.Type, p.Port))];

    /// <summary>The first (or only) stream from the environment.</summary>
    public StreamIn<Signal> Source => Ins[0];

    /// <summary>The first (or only) stream to the environment.</summary>
    public StreamOut<Signal> Sink => Outs[0];

    /// <summary>Scoreboard <paramref name="i"/>'s choice.</summary>
    public Pick Pick(int i = 0)
    {
        if (proof.Parts > 1 && !int.IsPow2(proof.Parts))
        {
            Assume(PickPart[i] < proof.Parts, "the solver picks a lane that there is");
        }

        return new Pick(PickNow[i], proof.Parts == 1 ? Const(Bit, 0) : PickPart[i]);
    }

    /// <summary>A register inside the design; see <see cref="Harness.Probe"/>.</summary>
    public Signal Probe(string path) => Probes[_probes[path]];

    /// <summary>A claim that only helps induction: it names registers inside the design, which its users don't see.</summary>
    public void Invariant(Signal condition, string message, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (proof.WithInvariants)
        {
            Assert(condition, $"invariant: {message}", file, line);
        }
    }

    /// <inheritdoc/>
    protected override void Build()
    {
        foreach (var (source, i) in Ins.Select((s, i) => (s, i)))
        {
            source.AssumeStable($"source{i}");
        }

        proof.Build(this);
    }
}
