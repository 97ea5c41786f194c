using System.Composition;
using LoopLynx.Hdl.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LoopLynx.Hdl.CodeFixes;

/// <summary>HDL1009: <c>throw</c> before a failure.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UnusedBenchFix() : HdlCodeFix(UnusedBench.Id)
{
    /// <inheritdoc/>
    protected override Replacement? Fix(SyntaxNode node, Diagnostic diagnostic) =>
        node.FirstAncestorOrSelf<ExpressionStatementSyntax>() is { Expression: InvocationExpressionSyntax call } statement
        && call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "Failure" }
            ? new Replacement("Throw the failure", statement, ThrowStatement(statement.Expression.WithoutTrivia()))
            : null;
}
