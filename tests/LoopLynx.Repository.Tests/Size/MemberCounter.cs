using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LoopLynx.Repository.Tests.Size;

/// <summary>Counts what a file's members have of every measure, from the syntax alone.</summary>
/// <remarks>
/// A member's count includes its local functions, lambdas and initialisers; a local function or lambda can't have more lines or statements than the member
/// around it, so only its parameters are measured for themselves. A property is measured by accessor and as a whole. The parameters of a record are its
/// properties, not an argument list that a reader has to remember: only those of other types count.
/// </remarks>
internal sealed class MemberCounter
{
    private readonly string _file;
    private readonly SyntaxNode _root;
    private readonly SourceText _text;
    private readonly IReadOnlyList<TextSpan> _rawStrings;

    private MemberCounter(string file, SyntaxTree tree)
    {
        (_file, _root, _text) = (file, tree.GetRoot(), tree.GetText());
        _rawStrings = [.. _root.DescendantNodes().Where(IsRawString).Select(node => node.Span), .. RawTokens(_root)];
    }

    /// <summary>All that is counted in a file.</summary>
    public static IReadOnlyList<Finding> Count(string file, SyntaxTree tree)
    {
        var counter = new MemberCounter(file, tree);
        var members = MemberNames.Of(counter._root);
        return [.. members.SelectMany(m => counter.Sizes(m.Member, m.Name)), .. counter.Lines(members)];
    }

    private IEnumerable<Finding> Sizes(SyntaxNode member, string name)
    {
        if (member is not TypeDeclarationSyntax)
        {
            yield return new Finding(_file, name, Measure.Lines, LinesOf(member));
            yield return new Finding(_file, name, Measure.Statements, member.DescendantNodesAndSelf().Count(IsStatement));
        }

        yield return new Finding(_file, name, Measure.Parameters, ParametersOf(member));
    }

    // Long and crowded lines are found line by line, and belong to the innermost member that the line begins in.
    private IEnumerable<Finding> Lines(IReadOnlyList<(SyntaxNode Member, string Name)> members)
    {
        var names = members.ToDictionary(m => m.Member, m => m.Name);
        string NameAt(int position) => MemberNames.Around(_root.FindToken(position).Parent!) is { } member ? names[member] : "-";
        var columns = _text.Lines.Where(line => line.Span.Length > Limits.LineCharacters && !IsInRawString(line))
            .GroupBy(line => NameAt(FirstCharacter(line)), line => line.Span.Length - Limits.LineCharacters)
            .Select(group => new Finding(_file, group.Key, Measure.Columns, group.Sum()));
        var crowded = Crowded().GroupBy(statement => NameAt(statement.SpanStart))
            .Select(group => new Finding(_file, group.Key, Measure.Crowded, group.Count()));
        return columns.Concat(crowded);
    }

    private IEnumerable<SyntaxNode> Crowded()
    {
        var lastLine = -1;
        foreach (var statement in _root.DescendantNodes().Where(IsStatement))
        {
            var line = LineOf(statement.SpanStart);
            if (line == lastLine || EndsOn(Before(statement), line))
            {
                yield return statement;
            }

            lastLine = line;
        }
    }

    private bool EndsOn(SyntaxNode? before, int line) => before is not null && LineOf(before.Span.End) == line;

    private static StatementSyntax? Before(SyntaxNode statement) => statement.Parent switch
    {
        BlockSyntax block when block.Statements.IndexOf((StatementSyntax)statement) is var at and > 0 => block.Statements[at - 1],
        SwitchSectionSyntax section when section.Statements.IndexOf((StatementSyntax)statement) is var at and > 0 => section.Statements[at - 1],
        _ => null,
    };

    private int LinesOf(SyntaxNode member)
    {
        var start = Declaration(member).SpanStart;
        var hidden = _rawStrings.Where(raw => member.Span.Contains(raw)).Sum(raw => LineOf(raw.End) - LineOf(raw.Start));
        return LineOf(member.Span.End) - LineOf(start) + 1 - hidden;
    }

    // Attributes stand before the declaration and aren't part of the thought.
    private static SyntaxToken Declaration(SyntaxNode member) => member.ChildNodes().OfType<AttributeListSyntax>().LastOrDefault() is { } attributes
        ? attributes.GetLastToken().GetNextToken()
        : member.GetFirstToken();

    private static int ParametersOf(SyntaxNode member) => member.DescendantNodesAndSelf(node => node == member || node is not MemberDeclarationSyntax)
        .Where(node => node is not MemberDeclarationSyntax || node == member)
        .Select(OwnParameters).Max();

    private static int OwnParameters(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax method => method.ParameterList.Parameters.Count,
        LocalFunctionStatementSyntax function => function.ParameterList.Parameters.Count,
        ParenthesizedLambdaExpressionSyntax lambda => lambda.ParameterList.Parameters.Count,
        IndexerDeclarationSyntax indexer => indexer.ParameterList.Parameters.Count,
        DelegateDeclarationSyntax type => type.ParameterList.Parameters.Count,
        RecordDeclarationSyntax => 0,
        TypeDeclarationSyntax { ParameterList: { } list } => list.Parameters.Count,
        _ => 0,
    };

    private static bool IsStatement(SyntaxNode node) => node is StatementSyntax and not BlockSyntax;

    private bool IsInRawString(TextLine line) => _rawStrings.Any(raw => raw.Start < line.Start && raw.End > line.End);

    private int FirstCharacter(TextLine line) => Enumerable.Range(line.Start, line.Span.Length).First(at => !char.IsWhiteSpace(_text[at]));

    private int LineOf(int position) => _text.Lines.GetLineFromPosition(position).LineNumber;

    private static bool IsRawString(SyntaxNode node) =>
        node is InterpolatedStringExpressionSyntax text && text.StringStartToken.IsKind(SyntaxKind.InterpolatedMultiLineRawStringStartToken);

    private static IEnumerable<TextSpan> RawTokens(SyntaxNode root) => root.DescendantTokens()
        .Where(token => token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken) || token.IsKind(SyntaxKind.Utf8MultiLineRawStringLiteralToken))
        .Select(token => token.Span);
}
