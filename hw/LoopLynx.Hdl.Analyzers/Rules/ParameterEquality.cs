using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LoopLynx.Hdl.Analyzers;

/// <summary>
/// HDL1008: a module keeps a constructor parameter whose type has no value equality, so that <c>Build</c> runs for each object instead of once for all equal
/// ones. A suggestion, because the result is the same; only parameters that are stored count, not those that field initialisers use up.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ParameterEquality : HdlAnalyzer
{
    /// <summary>The code.</summary>
    public const string Id = "HDL1008";

    private static readonly DiagnosticDescriptor Descriptor = new(Id, "Module parameter without value equality",
        "'{0}' is {1}: Build runs for each {2} object instead of once for all equal ones; use numbers, texts, enumerations, records and lists of them",
        Rule.Category, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: $"{Rule.Pages}{Id}.md");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

    /// <inheritdoc/>
    protected override void Start(CompilationStartAnalysisContext start, HdlSymbols symbols) => start.RegisterSymbolStartAction(type =>
    {
        if (!symbols.IsModule((INamedTypeSymbol)type.Symbol))
        {
            return;
        }

        var stored = new ConcurrentDictionary<IParameterSymbol, string>(SymbolEqualityComparer.Default);
        type.RegisterOperationAction(operation =>
        {
            var reference = (IParameterReferenceOperation)operation.Operation;
            if (reference.Parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } && IsStored(reference, operation.ContainingSymbol)
                && ValueEquality.Missing(reference.Parameter.Type, symbols) is { } reason)
            {
                stored.TryAdd(reference.Parameter, reason);
            }
        }, OperationKind.ParameterReference);
        type.RegisterSymbolEndAction(end =>
        {
            foreach (var parameter in stored)
            {
                end.ReportDiagnostic(Diagnostic.Create(Descriptor, parameter.Key.Locations[0], parameter.Key.Name, parameter.Value, end.Symbol.Name));
            }
        });
    }, SymbolKind.NamedType);

    // A primary constructor's parameter is stored where a method uses it; any parameter is where it is assigned to a field.
    private static bool IsStored(IParameterReferenceOperation reference, ISymbol container) =>
        container is IMethodSymbol { MethodKind: not MethodKind.Constructor }
            or IPropertySymbol { SetMethod: null, IsReadOnly: true } and { IsImplicitlyDeclared: true }
        || Target(reference) is IFieldInitializerOperation or IPropertyInitializerOperation
            or ISimpleAssignmentOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation };

    private static IOperation? Target(IOperation value) => value.Parent is IConversionOperation or ICoalesceOperation ? Target(value.Parent) : value.Parent;
}
