using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Compiled.Lowering;

namespace LoopLynx.Sim.Compiled.Planning;

/// <summary>One generated function: what it does and in which order.</summary>
internal sealed class FunctionPlan(string name, Region root, IReadOnlyList<Step> steps, IReadOnlySet<MemoryInfo> frozen)
{
    private readonly Dictionary<Step, Group> _groups = [];

    public string Name { get; } = name;

    /// <summary>What runs when the input ports have been looked at: the function itself, where nothing of it sleeps.</summary>
    public string AwakeName => Sleeps ? $"{Name}Awake" : Name;

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

    /// <summary>The groups of the root region in order; empty where all of it runs every cycle.</summary>
    public IReadOnlyList<Group> Groups { get; private set; } = [];

    /// <summary>Whether there are groups that sleep.</summary>
    public bool Sleeps => Groups.Any(g => g.Sleeps);

    /// <summary>The first word of its groups' bits.</summary>
    public int FirstWord { get; set; }

    /// <summary>Words of its groups' bits.</summary>
    public int Words { get; set; }

    /// <summary>Deals all steps of the root region to groups.</summary>
    public void Divide(IReadOnlyList<Group> groups)
    {
        Groups = groups;
        foreach (var group in groups)
        {
            foreach (var step in group.Steps)
            {
                _groups[step] = group;
            }
        }
    }

    /// <summary>The group that runs a step.</summary>
    public Group GroupOf(Step step) => _groups[Root.ItemOf(step)];
}
