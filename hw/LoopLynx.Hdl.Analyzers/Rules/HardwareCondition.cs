using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopLynx.Hdl.Analyzers;

/// <summary>
/// HDL1001: a signal as the condition of C#'s own <c>if</c>, <c>while</c>, <c>?:</c>, <c>&amp;&amp;</c>, <c>||</c> or <c>switch</c>. The compiler refuses it
/// too, but doesn't say what to write.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HardwareCondition : HdlAnalyzer
{
    /// <summary>The code.</summary>
    public const string Id = "HDL1001";

    private static readonly DiagnosticDescriptor Descriptor = new(Id, "Hardware value in a C# condition",
        "'{0}' decides once, when the design is built; the signal '{1}' has a value in every cycle: use {2}",
        Rule.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: $"{Rule.Pages}{Id}.md");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

    /// <inheritdoc/>
    protected override void Start(CompilationStartAnalysisContext start, HdlSymbols symbols) =>
        start.RegisterSyntaxNodeAction(node => Analyze(node, symbols),
            SyntaxKind.IfStatement, SyntaxKind.WhileStatement, SyntaxKind.DoStatement, SyntaxKind.ForStatement, SyntaxKind.ConditionalExpression,
            SyntaxKind.LogicalAndExpression, SyntaxKind.LogicalOrExpression, SyntaxKind.SwitchStatement, SyntaxKind.SwitchExpression);

    private static void Analyze(SyntaxNodeAnalysisContext context, HdlSymbols symbols)
    {
        var (condition, word, help) = context.Node switch
        {
            IfStatementSyntax s => (s.Condition, "if", "When"),
            WhileStatementSyntax s => (s.Condition, "while", "a register and When, or a state machine"),
            DoStatementSyntax s => (s.Condition, "do", "a register and When, or a state machine"),
            ForStatementSyntax s => (s.Condition, "for", "a register and When, or a state machine"),
            ConditionalExpressionSyntax s => (s.Condition, "?:", "Mux"),
            SwitchStatementSyntax s when s.Sections.Any(section => section.Labels.Any(IsConstant)) => (s.Expression, "switch", "Switch"),
            SwitchExpressionSyntax s when s.Arms.Any(arm => IsConstant(arm.Pattern)) => (s.GoverningExpression, "switch", "Switch, or Mux"),
            BinaryExpressionSyntax s when !IsLogical(Outer(s)) => (Operands(s).FirstOrDefault(o => IsSignal(context, symbols, o)),
                s.OperatorToken.Text, s.IsKind(SyntaxKind.LogicalAndExpression) ? "&" : "|"),
            _ => default((ExpressionSyntax?, string, string)),
        };
        if (condition is not null && IsSignal(context, symbols, condition) && !IsNullTest(condition))
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, condition.GetLocation(), word, condition.ToString(), help));
        }
    }

    private static bool IsSignal(SyntaxNodeAnalysisContext context, HdlSymbols symbols, ExpressionSyntax expression) =>
        symbols.IsSignal(context.SemanticModel.GetTypeInfo(expression, context.CancellationToken).Type);

    // A comparison with null is HDL1005's.
    private static bool IsNullTest(ExpressionSyntax expression) => Unwrapped(expression) is BinaryExpressionSyntax binary
        && (binary.Left.IsKind(SyntaxKind.NullLiteralExpression) || binary.Right.IsKind(SyntaxKind.NullLiteralExpression));

    private static ExpressionSyntax Unwrapped(ExpressionSyntax expression) =>
        expression is ParenthesizedExpressionSyntax inner ? Unwrapped(inner.Expression) : expression;

    private static SyntaxNode? Outer(SyntaxNode node) => node.Parent is ParenthesizedExpressionSyntax outer ? Outer(outer) : node.Parent;

    private static bool IsLogical(SyntaxNode? node) => node.IsKind(SyntaxKind.LogicalAndExpression) || node.IsKind(SyntaxKind.LogicalOrExpression);

    private static IEnumerable<ExpressionSyntax> Operands(ExpressionSyntax expression) =>
        Unwrapped(expression) is BinaryExpressionSyntax binary && IsLogical(binary)
        ? Operands(binary.Left).Concat(Operands(binary.Right))
        : [expression];

    private static bool IsConstant(SwitchLabelSyntax label) =>
        label is CaseSwitchLabelSyntax { Value: var value } ? !value.IsKind(SyntaxKind.NullLiteralExpression)
        : label is CasePatternSwitchLabelSyntax { Pattern: var pattern } && IsConstant(pattern);

    private static bool IsConstant(PatternSyntax pattern) =>
        pattern is ConstantPatternSyntax constant ? !constant.Expression.IsKind(SyntaxKind.NullLiteralExpression)
        : pattern is RelationalPatternSyntax || (pattern is BinaryPatternSyntax binary && IsConstant(binary.Left));
}
