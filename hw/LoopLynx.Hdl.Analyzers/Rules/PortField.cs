using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LoopLynx.Hdl.Analyzers;

/// <summary>
/// HDL1004: a port that isn't a public readonly field (or get-only property) with an initialiser: nobody can connect it, or the module doesn't know it.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PortField : HdlAnalyzer
{
    /// <summary>The code.</summary>
    public const string Id = "HDL1004";

    private static readonly DiagnosticDescriptor Descriptor = new(Id, "Port is not a public readonly field",
        "{0}: a port is a public readonly field with an initialiser",
        Rule.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: $"{Rule.Pages}{Id}.md");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

    /// <inheritdoc/>
    protected override void Start(CompilationStartAnalysisContext start, HdlSymbols symbols) => start.RegisterOperationAction(operation =>
    {
        var call = (IInvocationOperation)operation.Operation;
        var member = operation.ContainingSymbol;
        if (!symbols.IsWord(call.TargetMethod, "Input", "Output", "In", "Out", "Inputs", "Outputs") || !symbols.IsModule(member.ContainingType))
        {
            return;
        }

        if (Mistake(member) is { } mistake)
        {
            var where = member is IFieldSymbol or IPropertySymbol ? member.Locations[0] : call.Syntax.GetLocation();
            operation.ReportDiagnostic(Diagnostic.Create(Descriptor, where, mistake));
        }
    }, OperationKind.Invocation);

    private static string? Mistake(ISymbol member) => member switch
    {
        { IsStatic: true } and (IFieldSymbol or IPropertySymbol) => $"'{member.Name}' is static, and every module object has ports of its own",
        (IFieldSymbol or IPropertySymbol) and { DeclaredAccessibility: not Accessibility.Public } =>
            $"'{member.Name}' is {Text(member.DeclaredAccessibility)}, so that no parent can connect it",
        IFieldSymbol { IsReadOnly: false } or IPropertySymbol { SetMethod: not null } => $"'{member.Name}' can be assigned again",
        IMethodSymbol { MethodKind: MethodKind.Constructor } => "the port is made after the module has collected its ports",
        IMethodSymbol { Name: "Build", IsOverride: true } => "the port is made in Build, when the module's ports are known already",
        _ => null,
    };

    private static string Text(Accessibility accessibility) => accessibility switch
    {
        Accessibility.Private => "private",
        Accessibility.Internal => "internal",
        _ => "protected",
    };
}
