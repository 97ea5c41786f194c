using Microsoft.CodeAnalysis;

namespace LoopLynx.Hdl.Analyzers;

/// <summary>One field of a bundle: a signal, a signal with lanes, or another bundle.</summary>
internal sealed class BundleField(string name, string? bundle, bool hasLanes, IReadOnlyList<string> leaves)
{
    /// <summary>The field's name.</summary>
    public string Name { get; } = name;

    /// <summary>The type of an inner bundle; null for a signal.</summary>
    public string? Bundle { get; } = bundle;

    /// <summary>Whether the plain twin holds a list.</summary>
    public bool HasLanes { get; } = hasLanes;

    /// <summary>The signals inside as parameter names of their types: <c>r</c>, or <c>position_x</c> in an inner bundle.</summary>
    public IReadOnlyList<string> Leaves { get; } = leaves;

    /// <summary>The fields of a positional record struct; null where a field is neither a signal nor a bundle.</summary>
    public static IReadOnlyList<BundleField>? Of(INamedTypeSymbol type)
    {
        var positional = type.InstanceConstructors.FirstOrDefault(c => c.Parameters.Length > 0
            && c.Parameters.All(p => type.GetMembers(p.Name).OfType<IPropertySymbol>().Any()));
        var fields = positional?.Parameters.Select(Of).ToList();
        return fields is null || fields.Contains(null) ? null : [.. fields.Select(f => f!)];
    }

    private static BundleField? Of(IParameterSymbol parameter)
    {
        var leaf = char.ToLowerInvariant(parameter.Name[0]) + parameter.Name.Substring(1);
        return parameter.Type.ToDisplayString() == "LoopLynx.Hdl.Signal" ? new BundleField(parameter.Name, null, Has(parameter, "LanesAttribute"), [leaf])
            : parameter.Type is INamedTypeSymbol inner && Has(inner, "BundleAttribute") && Of(inner) is { } fields
                ? new BundleField(
                    parameter.Name, inner.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), false,
                    [.. fields.SelectMany(f => f.Leaves).Select(l => $"{leaf}_{l}")])
                : null;
    }

    private static bool Has(ISymbol symbol, string attribute) =>
        symbol.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == $"LoopLynx.Hdl.{attribute}");
}
