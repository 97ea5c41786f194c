using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LoopLynx.Hdl.Analyzers;

/// <summary>
/// HDL1007: a lambda that is kept for later uses the counter of a <c>for</c> loop as a hardware index: when it runs, the counter has its last value.
/// The lambdas of <c>When</c>, <c>Switch</c> and the stream combinators run at once, and so do LINQ queries that are consumed in place: these are right.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CapturedIndex : HdlAnalyzer
{
    /// <summary>The code.</summary>
    public const string Id = "HDL1007";

    private static readonly HashSet<string> Keeping = ["Add", "Append", "Enqueue", "Insert", "Push", "TryAdd"];

    private static readonly DiagnosticDescriptor Descriptor = new(Id, "Kept lambda uses a loop's counter as an index",
        "the lambda is kept and runs after the loop, when '{0}' has its last value: copy it first, var index = {0};",
        Rule.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: $"{Rule.Pages}{Id}.md");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

    /// <inheritdoc/>
    protected override void Start(CompilationStartAnalysisContext start, HdlSymbols symbols) => start.RegisterOperationAction(operation =>
    {
        var lambda = (IAnonymousFunctionOperation)operation.Operation;
        var index = lambda.Descendants().OfType<ILocalReferenceOperation>().FirstOrDefault(local => Loop(local.Local) is { } loop
            && loop.Statement.Span.Contains(lambda.Syntax.Span) && IsIndex(local, symbols) && IsKept(lambda, loop));
        if (index is not null)
        {
            operation.ReportDiagnostic(Diagnostic.Create(Descriptor, index.Syntax.GetLocation(), index.Local.Name));
        }
    }, OperationKind.AnonymousFunction);

    private static ForStatementSyntax? Loop(ILocalSymbol local) =>
        local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { Parent.Parent: ForStatementSyntax loop } ? loop : null;

    /// <summary>Whether the number chooses hardware: an index of a signal or of an array of hardware, or an argument of a word of the language.</summary>
    private static bool IsIndex(IOperation number, HdlSymbols symbols)
    {
        for (var outer = number.Parent; outer is not null and not IAnonymousFunctionOperation; outer = outer.Parent)
        {
            if ((outer is IInvocationOperation call && symbols.IsOfLanguage(call.TargetMethod))
                || (outer is IPropertyReferenceOperation { Property.IsIndexer: true } or IArrayElementReferenceOperation
                && (symbols.IsValue(outer.Type) || symbols.IsModule(outer.Type))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsKept(IAnonymousFunctionOperation lambda, ForStatementSyntax loop)
    {
        for (IOperation inner = lambda; inner.Parent is { } outer; inner = outer)
        {
            switch (outer)
            {
                case IDelegateCreationOperation or IConversionOperation or IArgumentOperation or IParenthesizedOperation:
                    continue;
                case IInvocationOperation call when IsDeferred(call):
                    continue;
                case IInvocationOperation call:
                    return Keeping.Contains(call.TargetMethod.Name)
                        && call.TargetMethod.ContainingNamespace.ToDisplayString().StartsWith("System.Collections", StringComparison.Ordinal);
                case ISimpleAssignmentOperation assignment:
                    return IsOutside(assignment.Target, loop);
                default:
                    return false;
            }
        }

        return false;
    }

    private static bool IsDeferred(IInvocationOperation call) => call.TargetMethod.ContainingType.ToDisplayString() == "System.Linq.Enumerable"
        && call.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T }
            or { Name: "IOrderedEnumerable" };

    private static bool IsOutside(IOperation target, ForStatementSyntax loop) => target switch
    {
        ILocalReferenceOperation local => !local.Local.DeclaringSyntaxReferences.Any(reference => loop.Span.Contains(reference.Span)),
        IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation => true,
        _ => false,
    };
}
