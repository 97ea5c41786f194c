namespace LoopLynx.Hdl;

/// <summary>
/// Ports with directions that belong together: a class whose fields are made with <c>Input</c>, <c>Output</c>, <c>In</c>, <c>Out</c>, or are bundles themselves. A module has it as a public readonly field, whose name comes before those of the ports.
/// </summary>
/// <remarks>The directions are those of the module that has the field; <see cref="PortBundles.Flip"/> gives the other side, and <see cref="PortBundles.Connect"/> joins two sides.</remarks>
/// <example><code>
/// public sealed class Handshake : PortBundle
/// {
///     public readonly Signal Start = Input(Bit);
///     public readonly Signal Done = Output(Bit);
/// }
/// </code></example>
public abstract class PortBundle : IPortBundle
{
    /// <inheritdoc/>
    public IEnumerable<object> Members => Fields.Select(f => f.Value);

    private IEnumerable<(string Name, object Value)> Fields =>
        DefinitionKey.FieldsOf(GetType()).Select(f => (DefinitionKey.NameOf(f), Value: f.GetValue(this))).Where(f => f.Value is not null).Select(f => (f.Item1, f.Value!));

    /// <summary>Puts a field's name before the ports of the bundle, or the bundles, in it.</summary>
    internal static void Name(object? value, string prefix)
    {
        switch (value)
        {
            case PortBundle bundle:
                foreach (var (name, member) in bundle.Fields)
                {
                    Name(member, name);
                }

                foreach (var port in Module.PortsIn(bundle).Select(s => s.Port!).Where(p => p.Owner is null))
                {
                    port.Prefix(prefix);
                }

                break;
            case IEnumerable<PortBundle> bundles:
                foreach (var (item, i) in bundles.Select((b, i) => (b, i)))
                {
                    Name(item, $"{prefix}{i}");
                }

                break;
        }
    }

    /// <summary>The ports with their names inside the bundle.</summary>
    internal IEnumerable<(string Path, Signal Port)> Leaves(string path = "") => Fields.SelectMany(f => f.Value switch
    {
        PortBundle inner => inner.Leaves($"{path}{f.Name}."),
        IEnumerable<PortBundle> inner => inner.SelectMany((bundle, i) => bundle.Leaves($"{path}{f.Name}[{i}].")),
        _ => Module.PortsIn(f.Value).Select((port, i) => ($"{path}{f.Name}{(f.Value is Signal ? "" : $"[{i}]")}", port)),
    });
}
