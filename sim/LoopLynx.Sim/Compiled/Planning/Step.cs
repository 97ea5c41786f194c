using System.Numerics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Compiled.Lowering;

namespace LoopLynx.Sim.Compiled.Planning;

/// <summary>What a step is for.</summary>
internal enum StepKind
{
    /// <summary>Computes <see cref="Step.Root"/> for other steps.</summary>
    Compute,

    /// <summary>Carries out <see cref="Step.Sink"/>.</summary>
    Sink,

    /// <summary>Runs the arm that <see cref="Step.Root"/> selects.</summary>
    Branch,

    /// <summary>Runs its only arm, after everything else.</summary>
    Late,
}

/// <summary>How a step uses a value.</summary>
internal enum Use
{
    /// <summary>As a C# value.</summary>
    Scalar,

    /// <summary>Lane by lane in the step's loop.</summary>
    Lane,

    /// <summary>Reads it from memory.</summary>
    Memory,

    /// <summary>Only takes its address.</summary>
    Pointer,
}

/// <summary>The unit of ordering: an expression tree, a lane loop, a store, or a branch with everything in it.</summary>
internal sealed class Step(int id, StepKind kind, Region region)
{
    public int Id { get; } = id;

    public StepKind Kind { get; } = kind;

    public Region Region { get; } = region;

    /// <summary>The computed or stored value; the selector of a branch.</summary>
    public Value? Root { get; set; }

    public Sink? Sink { get; init; }

    /// <summary>Values computed here, operands first.</summary>
    public List<Value> Members { get; } = [];

    /// <summary>Steps that must come before.</summary>
    public HashSet<Step> Needs { get; } = [];

    /// <summary>Registers and ports whose present value is read here.</summary>
    public HashSet<Value> States { get; } = [];

    /// <summary>Memories that are read here.</summary>
    public HashSet<MemoryInfo> Memories { get; } = [];

    /// <summary>Arms of a branch; the default arm has no keys.</summary>
    public List<Arm> Arms { get; } = [];

    /// <summary>The method that holds the step's code.</summary>
    public Method Method { get; set; } = null!;

    /// <summary>The state that the step overwrites, or null.</summary>
    public Value? Target => Sink switch
    {
        RegisterSink r => r.State,
        ReadSink r => r.State,
        _ => null,
    };

    /// <summary>The arm for these selector values.</summary>
    public Region ArmFor(params BigInteger[] keys)
    {
        var arm = Arms.Find(a => a.Keys.SequenceEqual(keys));
        if (arm is null)
        {
            arm = new Arm(keys, new Region(this));
            Arms.Add(arm);
        }

        return arm.Region;
    }
}
