using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopLynx.Hdl.Analyzers.Tests;

/// <summary>Severities follow the project's <c>.editorconfig</c>, as with any analyzer.</summary>
public class EditorConfigTests
{
    private const string Mistake = "A.Registered();";

    [Theory]
    [InlineData("", DiagnosticSeverity.Warning)]
    [InlineData("dotnet_diagnostic.HDL1002.severity = error", DiagnosticSeverity.Error)]
    [InlineData("dotnet_diagnostic.HDL1002.severity = suggestion", DiagnosticSeverity.Info)]
    [InlineData("dotnet_diagnostic.HDL1002.severity = none", null)]
    public async Task A_rule_has_the_severity_that_the_project_gives_it(string line, DiagnosticSeverity? severity)
    {
        var configuration = AnalyzerConfigSet.Create(new[] { AnalyzerConfig.Parse($"root = true\n[*.cs]\n{line}\n", "/.editorconfig") });
        var compilation = Sources.Compile(Sources.InBuild(Mistake), "/Top.cs");
        var provider = new PerTree(configuration);
        var options = compilation.Options.WithSyntaxTreeOptionsProvider(provider);
        var found = (await Analysis.Run(compilation.WithOptions(options))).Where(d => d.Id == DiscardedResult.Id);
        Assert.Equal(severity is { } wanted ? [wanted] : [], found.Select(d => d.Severity));
    }

    private sealed class PerTree(AnalyzerConfigSet configuration) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.NotGenerated;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            configuration.GetOptionsForSourcePath(tree.FilePath).TreeOptions.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = default;
            return false;
        }
    }
}
