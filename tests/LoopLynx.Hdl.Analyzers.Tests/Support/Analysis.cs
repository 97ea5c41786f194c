using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LoopLynx.Hdl.Analyzers.Tests;

/// <summary>Runs all rules on a text, and all fixes.</summary>
internal static class Analysis
{
    /// <summary>One of each rule.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Rules { get; } = [.. Make<DiagnosticAnalyzer>(typeof(HdlAnalyzer))];

    private static readonly IReadOnlyList<CodeFixProvider> Fixes = [.. Make<CodeFixProvider>(typeof(CodeFixes.HdlCodeFix))];

    /// <summary>What the rules say about a compilation, in the order of the text. The compiler's own errors are not among it.</summary>
    public static async Task<IReadOnlyList<Microsoft.CodeAnalysis.Diagnostic>> Run(Compilation compilation, AnalyzerConfigOptionsProvider? options = null)
    {
        var all = await compilation.WithAnalyzers(Rules, new AnalyzerOptions([], options ?? new CompilationOptionsProvider())).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(all, d => d.Id.StartsWith("AD", StringComparison.Ordinal));
        return [.. all.OrderBy(d => d.Location.SourceSpan.Start)];
    }

    /// <summary>Checks that a rule marks what the text marks, and nothing else.</summary>
    public static async Task Check(string id, string marked)
    {
        var (text, spans) = Sources.Unmark(marked);
        var compilation = Sources.Compile(text, "Top.cs");
        // The compiler too refuses a signal as a condition; any other text is C#.
        Assert.DoesNotContain(compilation.GetDiagnostics(TestContext.Current.CancellationToken), d => d.Severity == DiagnosticSeverity.Error && id != HardwareCondition.Id && d.Id != "CS0029");
        var found = (await Run(compilation)).Where(d => d.Id == id);
        Assert.Equal(spans.Select(span => $"{span} {text.Substring(span.Start, span.Length)}"), found.Select(d => $"{d.Location.SourceSpan} {text.Substring(d.Location.SourceSpan.Start, d.Location.SourceSpan.Length)}"));
    }

    /// <summary>The text after the fixes of a rule, one finding after the other until none can be fixed.</summary>
    public static async Task<string> Fix(string id, string text)
    {
        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject(ProjectInfo.Create(ProjectId.CreateNewId(), VersionStamp.Default, "Hardware", "Hardware", LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary), parseOptions: new CSharpParseOptions(LanguageVersion.Latest), metadataReferences: Sources.References));
        var usings = Sources.Compile("", "Empty.cs").SyntaxTrees[0].ToString();
        var document = project.AddDocument("Usings.cs", usings).Project.AddDocument("Top.cs", text);
        for (var turn = 0; turn < 20; turn++)
        {
            var compilation = (await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
            CodeAction? action = null;
            foreach (var diagnostic in (await Run(compilation)).Where(d => d.Id == id))
            {
                foreach (var fix in Fixes.Where(f => f.FixableDiagnosticIds.Contains(id)))
                {
                    await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (registered, _) => action ??= registered, TestContext.Current.CancellationToken));
                }
            }

            if (action is null)
            {
                break;
            }

            var changed = (await action.GetOperationsAsync(TestContext.Current.CancellationToken)).OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
            document = await Microsoft.CodeAnalysis.Formatting.Formatter.FormatAsync(changed, Microsoft.CodeAnalysis.Formatting.Formatter.Annotation, cancellationToken: TestContext.Current.CancellationToken);
        }

        return (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString().ReplaceLineEndings("\n");
    }

    private static IEnumerable<T> Make<T>(Type family) => family.Assembly.GetTypes()
        .Where(t => !t.IsAbstract && t.IsAssignableTo(family)).OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => (T)Activator.CreateInstance(t)!);
}
