using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>A port of a module object, before and during elaboration.</summary>
internal sealed class PortDeclaration(string name, PortDirection direction, HdlType type, SourceLocation location)
{
    public string Name { get; private set; } = name;

    public PortDirection Direction { get; private set; } = direction;

    public HdlType Type { get; } = type;

    public SourceLocation Location { get; } = location;

    /// <summary>The port as the netlist shows it; replaced by the definition's own when elaboration shares a definition.</summary>
    public PortInfo Info { get; private set; } = new(name, direction, type);

    /// <summary>The module object that has the port; set by the module's constructor.</summary>
    public Module? Owner { get; set; }

    /// <summary>The stream that the port belongs to, if it is one of a stream's.</summary>
    public StreamDeclaration? Stream { get; set; }

    /// <summary>Puts the name of a bundle before the port's own.</summary>
    public void Prefix(string bundle) => Become($"{Identifiers.Clean(bundle)}_{Name}", Direction);

    /// <summary>Turns the port round, for the other side of a bundle.</summary>
    public void Flip() => Become(Name, Direction == PortDirection.Input ? PortDirection.Output : PortDirection.Input);

    private void Become(string newName, PortDirection newDirection)
    {
        (Name, Direction) = (newName, newDirection);
        Info = new PortInfo(Name, Direction, Type);
    }
}
