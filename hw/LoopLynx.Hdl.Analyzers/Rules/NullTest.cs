using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LoopLynx.Hdl.Analyzers;

/// <summary>HDL1005: <c>signal == null</c>. The operator makes a comparator; whether a variable holds a signal at all is asked with <c>is null</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NullTest : HdlAnalyzer
{
    /// <summary>The code.</summary>
    public const string Id = "HDL1005";

    private static readonly DiagnosticDescriptor Descriptor = new(Id, "Hardware comparison with null",
        "'{0}' compares signals in hardware, and null is none: write '{1}'",
        Rule.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: $"{Rule.Pages}{Id}.md");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

    /// <inheritdoc/>
    protected override void Start(CompilationStartAnalysisContext start, HdlSymbols symbols) => start.RegisterOperationAction(operation =>
    {
        var binary = (IBinaryOperation)operation.Operation;
        if (binary.OperatorKind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals) || !symbols.IsSignal(binary.OperatorMethod?.ContainingType))
        {
            return;
        }

        var tested = IsNull(binary.RightOperand) ? binary.LeftOperand : IsNull(binary.LeftOperand) ? binary.RightOperand : null;
        if (tested is not null)
        {
            var right = $"{tested.Syntax} is {(binary.OperatorKind == BinaryOperatorKind.NotEquals ? "not " : "")}null";
            operation.ReportDiagnostic(Diagnostic.Create(Descriptor, binary.Syntax.GetLocation(), binary.Syntax.ToString(), right));
        }
    }, OperationKind.Binary);

    private static bool IsNull(IOperation operand) => operand is IConversionOperation conversion ? IsNull(conversion.Operand)
        : operand is IDefaultValueOperation || operand.ConstantValue is { HasValue: true, Value: null };
}
