using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopLynx.Hdl.Analyzers;

/// <summary>A rule for users of the language; silent in projects that don't know it, and in generated code.</summary>
public abstract class HdlAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (HdlSymbols.Of(start.Compilation) is { } symbols)
            {
                Start(start, symbols);
            }
        });
    }

    /// <summary>Registers what the rule looks at, for a compilation that knows the language.</summary>
    protected abstract void Start(CompilationStartAnalysisContext start, HdlSymbols symbols);
}
