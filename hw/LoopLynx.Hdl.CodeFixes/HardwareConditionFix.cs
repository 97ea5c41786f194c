using System.Composition;
using LoopLynx.Hdl.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LoopLynx.Hdl.CodeFixes;

/// <summary>HDL1001: <c>if</c> to <c>When</c>, <c>?:</c> to <c>Mux</c>, <c>&amp;&amp;</c> to <c>&amp;</c>, <c>||</c> to <c>|</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class HardwareConditionFix() : HdlCodeFix(HardwareCondition.Id)
{
    /// <inheritdoc/>
    protected override Replacement? Fix(SyntaxNode node, Diagnostic diagnostic)
    {
        for (var outer = node; outer is not null and not StatementSyntax { Parent: BlockSyntax }; outer = outer.Parent)
        {
            if (outer is BinaryExpressionSyntax binary && IsLogical(binary))
            {
                while (Up(binary) is BinaryExpressionSyntax wider && IsLogical(wider))
                {
                    binary = wider;
                }

                return new Replacement("Use & and |", binary, Bitwise(binary));
            }

            if (outer is ConditionalExpressionSyntax choice)
            {
                return new Replacement("Use Mux", choice, Call("Mux", choice.Condition, choice.WhenTrue, choice.WhenFalse));
            }
        }

        return node.FirstAncestorOrSelf<IfStatementSyntax>() is { Parent: not ElseClauseSyntax } first && When(first) is { } when
            ? new Replacement("Use When", first, ExpressionStatement(when))
            : null;
    }

    private static bool IsLogical(SyntaxNode node) => node.IsKind(SyntaxKind.LogicalAndExpression) || node.IsKind(SyntaxKind.LogicalOrExpression);

    private static SyntaxNode? Up(SyntaxNode node) => node.Parent is ParenthesizedExpressionSyntax outer ? Up(outer) : node.Parent;

    private static ExpressionSyntax Bitwise(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => inner.WithExpression(Bitwise(inner.Expression)),
        BinaryExpressionSyntax binary when IsLogical(binary) => BinaryExpression(
            binary.IsKind(SyntaxKind.LogicalAndExpression) ? SyntaxKind.BitwiseAndExpression : SyntaxKind.BitwiseOrExpression,
            Operand(binary.Left, binary), Operand(binary.Right, binary)),
        _ => expression,
    };

    // & binds tighter than | and ^, so what stood under && without parentheses gets them.
    private static ExpressionSyntax Operand(ExpressionSyntax operand, BinaryExpressionSyntax parent) =>
        parent.IsKind(SyntaxKind.LogicalAndExpression) && (operand.IsKind(SyntaxKind.BitwiseOrExpression) || operand.IsKind(SyntaxKind.ExclusiveOrExpression))
            ? ParenthesizedExpression(operand.WithoutTrivia())
            : Bitwise(operand);

    /// <summary>
    /// <c>When(c, () => { }).ElseWhen(d, () => { }).Else(() => { })</c>; null where a branch leaves the method or the loop, which a lambda can't.
    /// </summary>
    private static ExpressionSyntax? When(IfStatementSyntax first)
    {
        if (first.DescendantNodes().Any(n => n is ReturnStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax or YieldStatementSyntax))
        {
            return null;
        }

        ExpressionSyntax chain = Call("When", first.Condition, Lambda(first.Statement));
        for (var rest = first.Else; rest is not null;)
        {
            if (rest.Statement is IfStatementSyntax next)
            {
                chain = Call(chain, "ElseWhen", next.Condition, Lambda(next.Statement));
                rest = next.Else;
            }
            else
            {
                return Call(chain, "Else", Lambda(rest.Statement));
            }
        }

        return chain;
    }

    private static LambdaExpressionSyntax Lambda(StatementSyntax body) => body is ExpressionStatementSyntax one
        ? ParenthesizedLambdaExpression(one.Expression.WithoutTrivia())
        : ParenthesizedLambdaExpression(body is BlockSyntax block ? block : Block(body));

    private static InvocationExpressionSyntax Call(string word, params ExpressionSyntax[] arguments) =>
        InvocationExpression(IdentifierName(word), Arguments(arguments));

    private static InvocationExpressionSyntax Call(ExpressionSyntax target, string word, params ExpressionSyntax[] arguments) =>
        InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, target, IdentifierName(word)), Arguments(arguments));

    private static ArgumentListSyntax Arguments(ExpressionSyntax[] arguments) =>
        ArgumentList(SeparatedList(arguments.Select(a => Argument(a.WithoutTrivia()))));
}
