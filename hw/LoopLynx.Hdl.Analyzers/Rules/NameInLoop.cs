using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LoopLynx.Hdl.Analyzers;

/// <summary>
/// HDL1003: a register, wire, memory or instance in a loop whose name has no index. The names are unique all the same (<c>x</c>, <c>x_2</c>, <c>x_3</c>),
/// but they don't tell which turn made which. A suggestion, because the hardware is right.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NameInLoop : HdlAnalyzer
{
    /// <summary>The code.</summary>
    public const string Id = "HDL1003";

    private static readonly DiagnosticDescriptor Descriptor = new(Id, "Name without an index in a loop",
        "'{0}' is the name in every turn of the loop, so it becomes {0}, {0}_2, {0}_3: give the index, name: $\"{0}{{{1}}}\"",
        Rule.Category, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: $"{Rule.Pages}{Id}.md");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

    /// <inheritdoc/>
    protected override void Start(CompilationStartAnalysisContext start, HdlSymbols symbols) =>
        start.RegisterOperationAction(operation => Analyze(operation, symbols), OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context, HdlSymbols symbols)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!symbols.IsOfLanguage(call.TargetMethod)
            || call.Arguments.FirstOrDefault(a => a.Parameter is { Name: "name", Type.SpecialType: SpecialType.System_String }) is not { } name
            || IndexOf(call.Syntax) is not { } index)
        {
            return;
        }

        if (name.ArgumentKind == ArgumentKind.Explicit)
        {
            if (name.Value.ConstantValue is { HasValue: true, Value: string { Length: > 0 } text })
            {
                Report(context, name.Value.Syntax, text, index);
            }
        }
        else if (call.Arguments.FirstOrDefault(a => a.Parameter?.RefKind == RefKind.Out
            && a.Syntax is ArgumentSyntax { Expression: DeclarationExpressionSyntax })?.Syntax is ArgumentSyntax variable)
        {
            var designation = ((DeclarationExpressionSyntax)variable.Expression).Designation;
            Report(context, designation, designation.ToString(), index);
        }
    }

    private static void Report(OperationAnalysisContext context, SyntaxNode where, string name, string index) =>
        context.ReportDiagnostic(Diagnostic.Create(
            Descriptor, where.GetLocation(), ImmutableDictionary<string, string?>.Empty.Add("index", index), name, index));

    /// <summary>The variable that counts the nearest loop around; null outside loops, and where a loop counts nothing.</summary>
    private static string? IndexOf(SyntaxNode node)
    {
        for (var (inner, outer) = (node, node.Parent);
            outer is not null and not MemberDeclarationSyntax and not LocalFunctionStatementSyntax;
            (inner, outer) = (outer, outer.Parent))
        {
            if (outer is ForStatementSyntax { Declaration: { } counters } loop && inner == loop.Statement)
            {
                return counters.Variables[0].Identifier.Text;
            }
        }

        return null;
    }
}
