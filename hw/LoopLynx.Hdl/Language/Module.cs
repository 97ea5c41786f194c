using System.Collections;

namespace LoopLynx.Hdl;

/// <summary>
/// A piece of hardware: ports are public readonly fields made with <see cref="Hardware.Input"/>, <see cref="Hardware.Output"/> and the stream forms;
/// <see cref="Build"/> describes the inside. A module object is one instance; two objects of the same class with equal parameters share one definition.
/// </summary>
public abstract class Module
{
    private readonly List<PortDeclaration> _ports = [];

    /// <summary>Claims the ports that the derived classes' field initialisers made, base classes first.</summary>
    protected Module()
    {
        foreach (var field in DefinitionKey.FieldsOf(GetType()))
        {
            var value = field.GetValue(this);
            PortBundle.Name(value, DefinitionKey.NameOf(field));
            foreach (var signal in PortsIn(value))
            {
                Claim(signal);
            }
        }
    }

    /// <summary>One sentence for the header of the emitted module.</summary>
    public virtual string Summary => "";

    /// <summary>
    /// Whether synthesis keeps each instance as it is: equal instances aren't merged, and registers don't become shift registers. For copies of a register that
    /// share its load.
    /// </summary>
    public virtual bool IsKept => false;

    internal IReadOnlyList<PortDeclaration> Ports => _ports;

    /// <summary>Whether no parent has instantiated the object yet.</summary>
    internal bool IsFree { get; private set; } = true;

    /// <summary>Describes the inside. Called once per distinct definition, after the constructors.</summary>
    protected abstract void Build();

    internal void RunBuild() => Build();

    internal void Claim() => IsFree = false;

    internal static IEnumerable<Signal> PortsIn(object? value) => value switch
    {
        Signal { Port: not null } signal => [signal],
        IPortGroup group => group.Ports,
        IPortBundle bundle => bundle.Members.SelectMany(PortsIn),
        IEnumerable<Signal> or IEnumerable<IPortGroup> or IEnumerable<IPortBundle> => ((IEnumerable)value).Cast<object>().SelectMany(PortsIn),
        _ => [],
    };

    private void Claim(Signal signal)
    {
        var port = signal.Port!;
        if (port.Owner is null)
        {
            port.Owner = this;
            _ports.Add(port);
        }
    }
}
