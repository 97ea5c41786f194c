using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopLynx.Hdl.Analyzers;

/// <summary>HDL1010: a <c>[Bundle]</c> that the generator can't complete.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BundleShape : HdlAnalyzer
{
    /// <summary>The code.</summary>
    public const string Id = "HDL1010";

    private static readonly DiagnosticDescriptor Descriptor = new(Id, "Bundle can't be completed",
        "the bundle '{0}' can't be completed: {1}",
        Rule.Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: $"{Rule.Pages}{Id}.md");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

    /// <inheritdoc/>
    protected override void Start(CompilationStartAnalysisContext start, HdlSymbols symbols) => start.RegisterSymbolAction(symbol =>
    {
        var type = (INamedTypeSymbol)symbol.Symbol;
        if (type.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == "LoopLynx.Hdl.BundleAttribute") && Mistake(type) is { } mistake)
        {
            symbol.ReportDiagnostic(Diagnostic.Create(Descriptor, type.Locations[0], type.Name, mistake));
        }
    }, SymbolKind.NamedType);

    /// <summary>What is wrong with the type; null where it can be completed.</summary>
    internal static string? Mistake(INamedTypeSymbol type) =>
        !type.IsRecord || !type.IsValueType ? "it is no record struct"
        : type.ContainingType is not null || type.IsGenericType ? "it is generic, or inside another type"
        : !IsPartial(type) ? "it isn't partial"
        : BundleField.Of(type) is not { } fields ? "each field is a Signal or another bundle, in the record's head"
        : fields.FirstOrDefault(f => BundleText.Reserved.Contains(f.Name)) is { } field ? $"the name '{field.Name}' is one that every bundle has"
        : null;

    private static bool IsPartial(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Select(r => r.GetSyntax())
        .OfType<TypeDeclarationSyntax>().All(d => d.Modifiers.Any(SyntaxKind.PartialKeyword));
}
