using System.Composition;
using LoopLynx.Hdl.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LoopLynx.Hdl.CodeFixes;

/// <summary>HDL1004: <c>public readonly</c> for a port's field.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class PortFieldFix() : HdlCodeFix(PortField.Id)
{
    /// <inheritdoc/>
    protected override Replacement? Fix(SyntaxNode node, Diagnostic diagnostic) =>
        node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is FieldDeclarationSyntax field
            ? new Replacement(
                "Make it public readonly", field, field.WithModifiers(Modifiers(field)).WithDeclaration(field.Declaration.WithoutLeadingTrivia()))
            : null;

    private static SyntaxTokenList Modifiers(FieldDeclarationSyntax field)
    {
        var kept = field.Modifiers.Where(m => m.IsKind(SyntaxKind.NewKeyword)).Select(m => m.WithoutTrivia());
        return TokenList([Token(SyntaxKind.PublicKeyword), .. kept, Token(SyntaxKind.ReadOnlyKeyword)]);
    }
}
