using System.Composition;
using LoopLynx.Hdl.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LoopLynx.Hdl.CodeFixes;

/// <summary>HDL1003: the loop's counter in the name.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NameInLoopFix() : HdlCodeFix(NameInLoop.Id)
{
    /// <inheritdoc/>
    protected override Replacement? Fix(SyntaxNode node, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue("index", out var index)
            || node.FirstAncestorOrSelf<ArgumentSyntax>() is not { Parent: ArgumentListSyntax list } argument)
        {
            return null;
        }

        const string title = "Put the loop's counter into the name";
        return argument.Expression is LiteralExpressionSyntax { Token.ValueText: var text }
            ? new Replacement(title, argument.Expression, ParseExpression($"$\"{text}{{{index}}}\""))
            : new Replacement(title, list, list.AddArguments(Argument(NameColon("name"), default, ParseExpression($"$\"{node}{{{index}}}\""))));
    }
}
