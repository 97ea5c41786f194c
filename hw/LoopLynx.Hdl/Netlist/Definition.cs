using System.Collections.Immutable;

namespace LoopLynx.Hdl.Netlist;

/// <summary>
/// One elaborated module: immutable once made. Instances share it. Clock and reset ports are not listed in <see cref="Ports"/>;
/// they follow from <see cref="Domains"/>.
/// </summary>
public sealed class Definition
{
    /// <summary>Name, unique in the design; a Verilog identifier.</summary>
    public required string Name { get; init; }

    /// <summary>The C# module class, for headers and messages.</summary>
    public required string ModuleType { get; init; }

    /// <summary>First words of documentation, or empty.</summary>
    public string Summary { get; init; } = "";

    /// <summary>See <see cref="Module.IsKept"/>.</summary>
    public bool IsKept { get; init; }

    /// <summary>Ports in declaration order.</summary>
    public required ImmutableArray<PortInfo> Ports { get; init; }

    /// <summary>All nodes; <c>Nodes[i].Id == i</c>. Operands may have higher ids than their users (through wires).</summary>
    public required ImmutableArray<Node> Nodes { get; init; }

    /// <summary>Memories; <c>Memories[i].Id == i</c>.</summary>
    public required ImmutableArray<MemoryInfo> Memories { get; init; }

    /// <summary>Instances in creation order.</summary>
    public required ImmutableArray<InstanceInfo> Instances { get; init; }

    /// <summary>Structured assignments to wires and registers, in source order.</summary>
    public required ImmutableArray<Statement> Body { get; init; }

    /// <summary>Assertions, assumptions and covers.</summary>
    public required ImmutableArray<AssertionInfo> Assertions { get; init; }

    /// <summary>Streams: the definition's own ports and what its combinators made. Those of instances are in their definitions.</summary>
    public ImmutableArray<StreamInfo> Streams { get; init; } = [];

    /// <summary>FIFOs of the definition itself.</summary>
    public ImmutableArray<FifoInfo> Fifos { get; init; } = [];

    /// <summary>Clock domains used here or in an instance below, sorted by clock name.</summary>
    public required ImmutableArray<ClockDomain> Domains { get; init; }

    /// <summary>
    /// Registers between the reset ports and the registers that they reset, here and in every instance below: a reset takes effect so many edges later
    /// (<see cref="ElaborationOptions.MostResetLoads"/>). Asynchronous resets have none.
    /// </summary>
    public int ResetStages { get; internal set; }

    /// <summary>Of a flat definition: the resets of parts that a register resets. The domains of their registers aren't in <see cref="Domains"/>.</summary>
    public ImmutableArray<PartReset> PartResets { get; init; } = [];

    /// <summary>The C# line of the class's first located part.</summary>
    public SourceLocation Location { get; init; }

    /// <summary>Registers in id order.</summary>
    public IEnumerable<RegisterNode> Registers => Nodes.OfType<RegisterNode>();

    /// <summary>Most register bits that one reset register drives; of meaning where there are <see cref="ResetStages"/>.</summary>
    internal int MostResetLoads { get; set; }

    internal Definition WithName(string name) => name == Name ? this : new Definition
    {
        Name = name,
        ModuleType = ModuleType,
        Summary = Summary,
        IsKept = IsKept,
        Ports = Ports,
        Nodes = Nodes,
        Memories = Memories,
        Instances = Instances,
        Body = Body,
        Assertions = Assertions,
        Streams = Streams,
        Fifos = Fifos,
        Domains = Domains,
        Location = Location,
    };

    /// <summary>The port of that name.</summary>
    public PortInfo Port(string name) => Ports.FirstOrDefault(p => p.Name == name)
        ?? throw new HdlException("HDL0401", $"definition '{Name}' has no port '{name}'", $"it has {string.Join(", ", Ports.Select(p => p.Name))}");
}

/// <summary>Direction of a port, seen from inside.</summary>
public enum PortDirection
{
    /// <summary>Driven by the parent.</summary>
    Input,

    /// <summary>Driven by the definition.</summary>
    Output,
}

/// <summary>A port. <see cref="Node"/> is its <see cref="InputNode"/> or its <see cref="WireNode"/> in the definition.</summary>
public sealed class PortInfo(string name, PortDirection direction, HdlType type)
{
    /// <summary>Name, unique in the definition.</summary>
    public string Name { get; } = name;

    /// <summary>Direction, seen from inside.</summary>
    public PortDirection Direction { get; } = direction;

    /// <summary>Type.</summary>
    public HdlType Type { get; } = type;

    /// <summary>The node of the port inside its definition.</summary>
    public Node Node { get; internal set; } = null!;
}

/// <summary>A use of a definition.</summary>
public sealed class InstanceInfo(string name)
{
    /// <summary>Name, unique in the parent.</summary>
    public string Name { get; internal set; } = name;

    /// <summary>What is instantiated.</summary>
    public Definition Definition { get; internal set; } = null!;

    /// <summary>Parent nodes that drive the inputs, in the order of the definition's input ports.</summary>
    public ImmutableArray<(PortInfo Port, Node Value)> Inputs { get; internal set; } = [];

    /// <summary>
    /// A register bit of the parent that resets the instance instead of the parent's reset: <see cref="Hardware.ResetBy"/>. Null: the parent's reset does.
    /// </summary>
    public RegisterNode? Reset { get; internal set; }

    /// <summary>The C# line.</summary>
    public SourceLocation Location { get; internal set; }
}

/// <summary>What an <see cref="AssertionInfo"/> claims.</summary>
public enum AssertionKind
{
    /// <summary>Must hold at every clock edge outside reset.</summary>
    Assert,

    /// <summary>The environment keeps it.</summary>
    Assume,

    /// <summary>Should become true some time.</summary>
    Cover,
}

/// <summary>A condition sampled at each edge of <paramref name="Domain"/> while its reset is 0.</summary>
public sealed record AssertionInfo(AssertionKind Kind, string Name, Node Condition, string Message, ClockDomain Domain, SourceLocation Location);

/// <summary>An elaborated design: its top and every distinct definition, children before parents.</summary>
public sealed record Design(Definition Top, ImmutableArray<Definition> Definitions);
