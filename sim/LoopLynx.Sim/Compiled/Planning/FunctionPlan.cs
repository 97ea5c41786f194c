using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Compiled.Lowering;

namespace LoopLynx.Sim.Compiled.Planning;

/// <summary>One generated function: what it does and in which order.</summary>
internal sealed class FunctionPlan(string name, Region root, IReadOnlyList<Step> steps, IReadOnlySet<MemoryInfo> frozen)
{
    public string Name { get; } = name;

    public Region Root { get; } = root;

    /// <summary>All steps of all regions.</summary>
    public IReadOnlyList<Step> Steps { get; } = steps;

    /// <summary>Memories that are written at the very end; their rows are copied where they are read.</summary>
    public IReadOnlySet<MemoryInfo> Frozen { get; } = frozen;

    /// <summary>The step that computes each value which other steps use or which is inside a step.</summary>
    public Dictionary<Value, Step> Owner { get; } = [];

    /// <summary>Whether the value is a pointer; a row of a frozen memory is copied instead.</summary>
    public bool IsPointer(Value value) => value.Form == ValueForm.DynamicView && !IsFrozen(value);

    /// <summary>Whether the value is a row of a frozen memory.</summary>
    public bool IsFrozen(Value value) => value.Kind == ValueKind.ReadRow && Frozen.Contains(value.Memory!);

    /// <summary>Registers whose old value is copied before the function begins, because something reads it after its update.</summary>
    public HashSet<Value> Shadows { get; } = [];

    /// <summary>Values that other methods than their own use.</summary>
    public HashSet<Value> Crossing { get; } = [];
}
