using System.Collections;
using System.Reflection;

namespace LoopLynx.Hdl;

/// <summary>
/// What tells two module objects of one class apart: their ports and every other field that the classes store, parameters captured by primary constructors included.
/// </summary>
internal static class DefinitionKey
{
    /// <summary>The key; null when a field holds something without value equality, in which case definitions are compared after building.</summary>
    public static string? Of(Module module)
    {
        var fields = Fields(module, FieldsOf(module.GetType()));
        return fields is null
            ? null
            : $"{module.GetType().AssemblyQualifiedName};{string.Join(';', module.Ports.Select(p => $"{p.Name}:{p.Direction}:{p.Type}"))};{fields}";
    }

    /// <summary>The instance fields that the classes of a module or record declare, base classes first.</summary>
    public static IEnumerable<FieldInfo> FieldsOf(Type type) => type == typeof(Module) || type.BaseType is null
        ? []
        : FieldsOf(type.BaseType).Concat(type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).OrderBy(f => f.MetadataToken));

    /// <summary>The name of a field, or of the property that it keeps.</summary>
    public static string NameOf(FieldInfo field) => field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>')] : field.Name;

    private static string? Fields(object owner, IEnumerable<FieldInfo> fields) =>
        Join(fields.Select(field => (field.Name, Value: field.GetValue(owner))).Where(f => f.Value is not null).Select(f => Describe(f.Value!) is { } text ? $"{f.Name}={text}" : null));

    private static string? Describe(object value) => value switch
    {
        Signal { IsShape: true } shape => $"{shape.Type}",
        Signal { Port: not null } or IPortGroup or IPortBundle => "port",
        IEnumerable<Signal> or IEnumerable<IPortGroup> or IEnumerable<IPortBundle> => "ports",
        string text => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
        Enum or IFormattable or bool or HdlType => $"{value.GetType()}:{value}",
        ICollection items => Join(items.Cast<object?>().Select(item => item is null ? "null" : Describe(item))),
        _ when value is ValueType || value.GetType().GetMethod("<Clone>$") is not null => Fields(value, FieldsOf(value.GetType())) is { } text ? $"{value.GetType()}{text}" : null,
        _ => null,
    };

    private static string? Join(IEnumerable<string?> parts)
    {
        var all = parts.ToList();
        return all.Contains(null) ? null : $"({string.Join(',', all)})";
    }
}
