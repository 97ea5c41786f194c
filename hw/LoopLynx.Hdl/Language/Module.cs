using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>
/// A piece of hardware: ports are public readonly fields made with <see cref="Hardware.Input"/>, <see cref="Hardware.Output"/> and the stream forms;
/// <see cref="Build"/> describes the inside. A module object is one instance; two objects of the same class with equal parameters share one definition.
/// </summary>
public abstract class Module
{
    private readonly List<PortDeclaration> _ports = [];

    /// <summary>Claims the ports that the derived class's field initialisers made, and the modules in its fields.</summary>
    protected Module()
    {
        foreach (var field in GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).OrderBy(f => f.MetadataToken))
        {
            switch (field.GetValue(this))
            {
                case Signal { Port: not null } signal:
                    Claim(signal);
                    break;
                case IPortGroup group:
                    foreach (var signal in group.Ports)
                    {
                        Claim(signal);
                    }

                    break;
                case IEnumerable<IPortGroup> groups:
                    foreach (var signal in groups.SelectMany(g => g.Ports))
                    {
                        Claim(signal);
                    }

                    break;
            }
        }
    }

    /// <summary>One sentence for the header of the emitted module.</summary>
    public virtual string Summary => "";

    internal IReadOnlyList<PortDeclaration> Ports => _ports;

    /// <summary>Whether no parent has instantiated the object yet.</summary>
    internal bool IsFree { get; private set; } = true;

    /// <summary>Describes the inside. Called once per distinct definition, after the constructors.</summary>
    protected abstract void Build();

    internal void RunBuild() => Build();

    internal void Claim() => IsFree = false;

    /// <summary>
    /// What tells two objects of the class apart: their ports and every other field that the class stores, parameters captured by a primary constructor included.
    /// Null when a field holds something without value equality, in which case definitions are compared after building.
    /// </summary>
    internal string? DefinitionKey()
    {
        var key = new List<string> { GetType().AssemblyQualifiedName! };
        key.AddRange(_ports.Select(p => $"{p.Name}:{p.Direction}:{p.Type}"));
        foreach (var field in GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).OrderBy(f => f.MetadataToken))
        {
            var value = field.GetValue(this);
            if (value is null or Signal { Port: not null } or IPortGroup)
            {
                continue;
            }

            if (Describe(value) is not { } text)
            {
                return null;
            }

            key.Add($"{field.Name}={text}");
        }

        return string.Join(';', key);
    }

    private static string? Describe(object value) => value switch
    {
        string or Enum or IFormattable or bool or HdlType => $"{value.GetType().Name}:{value}",
        IEnumerable<IPortGroup> => "ports",
        IEnumerable items when items.Cast<object?>().All(i => i is int or long or byte or bool or string or Enum) => string.Join(',', items.Cast<object?>()),
        _ when value.GetType().GetMethod("<Clone>$") is not null => DescribeRecord(value),
        _ => null,
    };

    private static string? DescribeRecord(object record)
    {
        var parts = new List<string> { record.GetType().Name };
        foreach (var field in record.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).OrderBy(f => f.MetadataToken))
        {
            if (field.GetValue(record) is not { } value)
            {
                continue;
            }

            if (Describe(value) is not { } text)
            {
                return null;
            }

            parts.Add($"{field.Name}={text}");
        }

        return string.Join('|', parts);
    }

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
