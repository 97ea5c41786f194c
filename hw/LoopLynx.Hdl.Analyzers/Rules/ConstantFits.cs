using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LoopLynx.Hdl.Analyzers;

/// <summary>
/// HDL1006: an integer that doesn't fit a type whose width is a constant in the source. Elaboration says it too (HDL0116); this says it while typing.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConstantFits : HdlAnalyzer
{
    /// <summary>The code.</summary>
    public const string Id = "HDL1006";

    private static readonly DiagnosticDescriptor Descriptor = new(Id, "Literal doesn't fit its type",
        "{0} doesn't fit {1}",
        Rule.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: $"{Rule.Pages}{Id}.md");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

    /// <inheritdoc/>
    protected override void Start(CompilationStartAnalysisContext start, HdlSymbols symbols) => start.RegisterOperationAction(operation =>
    {
        var call = (IInvocationOperation)operation.Operation;
        if (!symbols.IsOfLanguage(call.TargetMethod) || TypeOf(call, symbols) is not { } type)
        {
            return;
        }

        foreach (var literal in call.Arguments.Where(a => a.Parameter?.Name is "values" or "reset" or "rows" or "value")
            .SelectMany(argument => Elements(argument.Value)))
        {
            if (Value(literal) is { } value && !type.Holds(value))
            {
                operation.ReportDiagnostic(Diagnostic.Create(Descriptor, literal.Syntax.GetLocation(), value, type));
            }
        }
    }, OperationKind.Invocation);

    private static ConstantType? TypeOf(IInvocationOperation call, HdlSymbols symbols) => call.TargetMethod.Name switch
    {
        "Const" or "Register" => ConstantType.Of(Argument(call, "type"), symbols),
        "Rom" => ConstantType.Of(Argument(call, "rowType"), symbols),
        "Drive" when symbols.IsSignal(call.TargetMethod.ContainingType) => ConstantType.OfSignal(call.Instance, symbols),
        "RegisteredReset" => ConstantType.OfSignal(Argument(call, "value"), symbols),
        _ => null,
    };

    private static IOperation? Argument(IInvocationOperation call, string name) => call.Arguments.FirstOrDefault(a => a.Parameter?.Name == name)?.Value;

    private static IEnumerable<IOperation> Elements(IOperation value) => value switch
    {
        IConversionOperation { Operand: ICollectionExpressionOperation list } => list.Elements,
        ICollectionExpressionOperation list => list.Elements,
        _ => [value],
    };

    private static BigInteger? Value(IOperation operation) => operation switch
    {
        { ConstantValue: { HasValue: true, Value: bool bit } } => bit ? 1 : 0,
        { ConstantValue: { HasValue: true, Value: sbyte or byte or short or ushort or int or uint or long or ulong } constant } =>
            new BigInteger(Convert.ToDecimal(constant.Value, CultureInfo.InvariantCulture)),
        IConversionOperation conversion => Value(conversion.Operand),
        _ => null,
    };
}
