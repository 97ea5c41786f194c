using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopLynx.Repository.Tests.Size;

/// <summary>The members of a file and their names in the list of exceptions.</summary>
internal static class MemberNames
{
    /// <summary>
    /// Methods, constructors, operators, accessors, properties and indexers without accessors, initialised fields, and types with their own parameters.
    /// Local functions and lambdas aren't listed: they belong to the member around them.
    /// </summary>
    public static IReadOnlyList<(SyntaxNode Member, string Name)> Of(SyntaxNode root)
    {
        var seen = new Dictionary<string, int>();
        var members = new List<(SyntaxNode, string)>();
        foreach (var member in root.DescendantNodes().Where(IsMember))
        {
            var name = TypeOf(member) + NameOf(member);
            var number = seen[name] = seen.GetValueOrDefault(name) + 1;
            members.Add((member, number == 1 ? name : $"{name}~{number}"));
        }

        return members;
    }

    /// <summary>The member that a node belongs to; null: none. What stands in a type with parameters belongs to them only where it is one of them.</summary>
    public static SyntaxNode? Around(SyntaxNode node) =>
        node.AncestorsAndSelf().FirstOrDefault(n => IsMember(n) && (n is not TypeDeclarationSyntax type || type.ParameterList!.Span.Contains(node.Span)));

    private static bool IsMember(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or DelegateDeclarationSyntax or BaseFieldDeclarationSyntax => true,
        BasePropertyDeclarationSyntax => true,
        TypeDeclarationSyntax type => type.ParameterList is not null,
        GlobalStatementSyntax => true,
        _ => false,
    };

    private static string TypeOf(SyntaxNode member) =>
        string.Concat(member.Ancestors().OfType<BaseTypeDeclarationSyntax>().Reverse().Select(t => $"{t.Identifier.Text}."));

    private static string NameOf(SyntaxNode member) => member switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        ConstructorDeclarationSyntax => "new",
        DestructorDeclarationSyntax => "finalise",
        OperatorDeclarationSyntax symbol => $"operator{symbol.OperatorToken.Text}",
        ConversionOperatorDeclarationSyntax conversion => $"{conversion.ImplicitOrExplicitKeyword.Text}",
        AccessorDeclarationSyntax accessor => $"{NameOf(accessor.Parent!.Parent!)}.{accessor.Keyword.Text}",
        PropertyDeclarationSyntax property => property.Identifier.Text,
        IndexerDeclarationSyntax => "this",
        EventDeclarationSyntax happening => happening.Identifier.Text,
        BaseFieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        TypeDeclarationSyntax type => $"{type.Identifier.Text}()",
        _ => "statement",
    };
}
