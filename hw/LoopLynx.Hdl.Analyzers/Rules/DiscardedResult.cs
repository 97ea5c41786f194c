using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LoopLynx.Hdl.Analyzers;

/// <summary>HDL1002: <c>value.Registered();</c> or <c>stream.Stage();</c> as a statement. The value is described and used nowhere.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DiscardedResult : HdlAnalyzer
{
    /// <summary>The code.</summary>
    public const string Id = "HDL1002";

    private static readonly DiagnosticDescriptor Descriptor = new(Id, "Result of a hardware operation is discarded",
        "the result of '{0}' goes nowhere: hardware is what drives something; keep it in a variable or Drive a target with it",
        Rule.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: $"{Rule.Pages}{Id}.md");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

    /// <inheritdoc/>
    protected override void Start(CompilationStartAnalysisContext start, HdlSymbols symbols) => start.RegisterOperationAction(operation =>
    {
        if (((IExpressionStatementOperation)operation.Operation).Operation is IInvocationOperation call && IsPure(call.TargetMethod, symbols))
        {
            operation.ReportDiagnostic(Diagnostic.Create(Descriptor, call.Syntax.GetLocation(), call.TargetMethod.Name));
        }
    }, OperationKind.ExpressionStatement);

    // An out parameter gives the result too; claims about a stream are made for their own sake.
    private static bool IsPure(IMethodSymbol method, HdlSymbols symbols) =>
        symbols.IsOfLanguage(method) && symbols.IsValue(method.ReturnType)
        && method.Parameters.All(parameter => parameter.RefKind != RefKind.Out)
        && method.Name is not ("AssertStable" or "AssumeStable" or "CheckProtocol");
}
