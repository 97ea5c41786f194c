using System.Composition;
using LoopLynx.Hdl.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LoopLynx.Hdl.CodeFixes;

/// <summary>HDL1007: a copy of the counter, made in each turn of the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CapturedIndexFix() : HdlCodeFix(CapturedIndex.Id)
{
    /// <inheritdoc/>
    protected override Replacement? Fix(SyntaxNode node, Diagnostic diagnostic)
    {
        if (node is not IdentifierNameSyntax counter || node.FirstAncestorOrSelf<LambdaExpressionSyntax>() is not { } lambda
            || lambda.Ancestors().OfType<StatementSyntax>().FirstOrDefault(s => s.Parent is BlockSyntax) is not { Parent: BlockSyntax block } statement)
        {
            return null;
        }

        var taken = new HashSet<string>(block.FirstAncestorOrSelf<MemberDeclarationSyntax>()!.DescendantTokens()
            .Where(t => t.IsKind(SyntaxKind.IdentifierToken)).Select(t => t.Text));
        var name = taken.Contains("index") ? $"{counter.Identifier.Text}Copy" : "index";
        var copied = lambda.ReplaceNodes(lambda.DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.Text == counter.Identifier.Text),
            (_, use) => IdentifierName(name).WithTriviaFrom(use));
        var copy = ParseStatement($"var {name} = {counter.Identifier.Text};\n").WithLeadingTrivia(statement.GetLeadingTrivia())
            .WithAdditionalAnnotations(Formatter.Annotation);
        var index = block.Statements.IndexOf(statement);
        return new Replacement("Copy the counter in each turn", block,
            block.WithStatements(block.Statements.Replace(statement, statement.ReplaceNode(lambda, copied)).Insert(index, copy)));
    }
}
