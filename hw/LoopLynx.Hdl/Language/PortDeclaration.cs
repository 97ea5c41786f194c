using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>A port of a module object, before and during elaboration.</summary>
internal sealed class PortDeclaration(string name, PortDirection direction, HdlType type, SourceLocation location)
{
    public string Name { get; } = name;

    public PortDirection Direction { get; } = direction;

    public HdlType Type { get; } = type;

    public SourceLocation Location { get; } = location;

    /// <summary>The port as the netlist shows it; replaced by the definition's own when elaboration shares a definition.</summary>
    public PortInfo Info { get; } = new(name, direction, type);

    /// <summary>The module object that has the port; set by the module's constructor.</summary>
    public Module? Owner { get; set; }
}
