using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LoopLynx.Hdl.Analyzers;

/// <summary>
/// HDL1009: a test bench that tests nothing: beats are fed or expected but no cycle is run, a port's value is read and dropped, or a failure is made and not
/// thrown.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnusedBench : HdlAnalyzer
{
    /// <summary>The code.</summary>
    public const string Id = "HDL1009";

    private static readonly DiagnosticDescriptor Descriptor = new(Id, "Test bench without effect",
        "{0}",
        Rule.Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: $"{Rule.Pages}{Id}.md");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

    /// <inheritdoc/>
    protected override void Start(CompilationStartAnalysisContext start, HdlSymbols symbols)
    {
        start.RegisterOperationAction(operation =>
        {
            if (((IExpressionStatementOperation)operation.Operation).Operation is IInvocationOperation call && Dropped(call.TargetMethod) is { } mistake)
            {
                operation.ReportDiagnostic(Diagnostic.Create(Descriptor, call.Syntax.GetLocation(), mistake));
            }
        }, OperationKind.ExpressionStatement);
        start.RegisterOperationBlockAction(block =>
        {
            foreach (var declared in block.OperationBlocks.SelectMany(b => b.Descendants()).OfType<IVariableDeclaratorOperation>()
                .Where(d => SymbolEqualityComparer.Default.Equals(d.Symbol.Type, symbols.Bench)
                    && d.GetVariableInitializer()?.Value is IObjectCreationOperation))
            {
                if (NeverRun(declared.Symbol, block.OperationBlocks) is { } first)
                {
                    block.ReportDiagnostic(Diagnostic.Create(Descriptor, first.Syntax.GetLocation(),
                        $"'{declared.Symbol.Name}' gets beats but no cycle: end with {declared.Symbol.Name}.RunToEnd()"));
                }
            }
        });
    }

    private static string? Dropped(IMethodSymbol method) => (method.ContainingType.ToDisplayString(), method.Name) switch
    {
        ("LoopLynx.Testing.Bench", "Failure") => "the failure is made and not thrown: write throw before it",
        ("LoopLynx.Sim.EngineExtensions" or "LoopLynx.Sim.IEngine", "Peek" or "PeekLanes" or "PeekNet") =>
            $"{method.Name} reads a value that nothing looks at: compare it, or use Bench.Expect",
        _ => null,
    };

    /// <summary>The first call that gives the bench beats, where all that is done with it is in sight and none of it runs a cycle.</summary>
    private static IInvocationOperation? NeverRun(ILocalSymbol bench, ImmutableArray<IOperation> blocks)
    {
        var uses = blocks.SelectMany(b => b.Descendants()).OfType<ILocalReferenceOperation>().Where(r => SymbolEqualityComparer.Default.Equals(r.Local, bench))
            .ToList();
        var calls = uses.Select(use => use.Parent).OfType<IInvocationOperation>().Where(call => uses.Contains(call.Instance!)).ToList();
        var escapes = uses.Exists(use => use.Parent is not (IInvocationOperation or IPropertyReferenceOperation));
        return escapes || calls.Exists(call => call.TargetMethod.Name is not ("Feed" or "Collect"))
            ? null
            : calls.FirstOrDefault();
    }
}
