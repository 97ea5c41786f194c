using System.Composition;
using LoopLynx.Hdl.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LoopLynx.Hdl.CodeFixes;

/// <summary>HDL1005: <c>is null</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NullTestFix() : HdlCodeFix(NullTest.Id)
{
    /// <inheritdoc/>
    protected override Replacement? Fix(SyntaxNode node, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<BinaryExpressionSyntax>() is not { } binary)
        {
            return null;
        }

        var tested = IsNull(binary.Right) ? binary.Left : binary.Right;
        PatternSyntax pattern = ConstantPattern(LiteralExpression(SyntaxKind.NullLiteralExpression));
        return new Replacement("Test with 'is null'", binary, IsPatternExpression(tested.WithoutTrivia(),
            binary.IsKind(SyntaxKind.NotEqualsExpression) ? UnaryPattern(pattern) : pattern));
    }

    private static bool IsNull(ExpressionSyntax expression) =>
        expression.IsKind(SyntaxKind.NullLiteralExpression) || expression.IsKind(SyntaxKind.DefaultLiteralExpression);
}
