using Microsoft.CodeAnalysis;

namespace LoopLynx.Hdl.Analyzers;

/// <summary>Whether values of a type can be told apart by their contents, as elaboration does it (<c>DefinitionKey</c> in LoopLynx.Hdl).</summary>
internal static class ValueEquality
{
    /// <summary>What is wrong with the type; null where it has value equality or where the source can't tell (interfaces, type parameters).</summary>
    public static string? Missing(ITypeSymbol type, HdlSymbols symbols) => type switch
    {
        { TypeKind: TypeKind.Delegate } => "a function",
        IArrayTypeSymbol array => Missing(array.ElementType, symbols),
        INamedTypeSymbol { IsTupleType: true } tuple =>
            tuple.TupleElements.Select(element => Missing(element.Type, symbols)).FirstOrDefault(reason => reason is not null),
        { SpecialType: not SpecialType.None } => null,
        { TypeKind: TypeKind.Interface } => Elements(type) is { } element ? Missing(element, symbols) : null,
        { TypeKind: TypeKind.Class, IsRecord: false } when !symbols.IsValue(type) && !Implements(type, "IFormattable") && !Implements(type, "IPortBundle")
            && !Implements(type, "IPortGroup") => OfClass(type, symbols),
        _ => null,
    };

    private static string? OfClass(ITypeSymbol type, HdlSymbols symbols) =>
        !Implements(type, "ICollection") ? $"of the class {type.Name}, whose objects are compared by reference"
        : Elements(type) is { } element ? Missing(element, symbols)
        : null;

    private static bool Implements(ITypeSymbol type, string name) => type.AllInterfaces.Any(i => i.Name == name && !i.IsGenericType);

    private static ITypeSymbol? Elements(ITypeSymbol type) =>
        type.AllInterfaces.Concat(type is INamedTypeSymbol { TypeKind: TypeKind.Interface } self ? [self] : [])
        .FirstOrDefault(i => i.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0];
}
