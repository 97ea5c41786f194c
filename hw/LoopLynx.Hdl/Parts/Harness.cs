using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>
/// A module around another one, with the same ports under the same names: what watches a design in simulation, and isn't part of it.
/// </summary>
/// <example><code>
/// public sealed class CheckedTimer() : Harness(new Timer(), "timer")
/// {
///     protected override void Watch() => Inner&lt;AxiLite&gt;().Single().CheckProtocol();
/// }
/// </code></example>
/// <param name="inner">The module; the harness places it.</param>
/// <param name="instance">Name of its instance.</param>
public abstract class Harness(Module inner, string instance) : Module
{
    private readonly IReadOnlyList<PortDeclaration> _inner = inner.Ports;

    /// <summary>The ports, in the inner module's order.</summary>
    public readonly IReadOnlyList<Signal> Outer = Mirror(inner.Ports);

    /// <summary>Describes what watches the inner module.</summary>
    protected abstract void Watch();

    /// <summary>The buses of a kind among the inner module's ports, seen from outside of it: for looking at them, since the harness connects them.</summary>
    protected IEnumerable<T> Inner<T>() where T : class, IPortBundle =>
        DefinitionKey.FieldsOf(inner.GetType()).Select(f => f.GetValue(inner)).SelectMany(Buses<T>).Distinct();

    /// <inheritdoc/>
    protected sealed override void Build()
    {
        Instance(inner, instance);
        var builder = Builder.Current;
        foreach (var (outer, port) in Outer.Zip(_inner))
        {
            var own = new Signal(port);
            var (to, from) = port.Direction == PortDirection.Input ? (own, outer) : (outer, own);
            builder.DriveField(port.Name, to, from, port.Location);
        }

        Watch();
    }

    private static IEnumerable<T> Buses<T>(object? value) where T : class => value switch
    {
        T bus => [bus],
        IEnumerable<IPortBundle> bundles => bundles.OfType<T>(),
        _ => [],
    };

    /// <summary>Ports of the same names, directions and types, and the same of them streams.</summary>
    private static Signal[] Mirror(IReadOnlyList<PortDeclaration> ports)
    {
        var outer = ports.ToDictionary(p => p, p => new Signal(new PortDeclaration(p.Name, p.Direction, p.Type, p.Location)));
        foreach (var stream in ports.Select(p => p.Stream).OfType<StreamDeclaration>().Distinct())
        {
            stream.Mirror(outer);
        }

        return [.. ports.Select(p => outer[p])];
    }
}
