using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoopLynx.Hdl.Analyzers.Tests.Generators;

/// <summary>Runs the generators on a text.</summary>
internal static class Generation
{
    /// <summary>The compilation with what the generators wrote.</summary>
    public static CSharpCompilation Run(string text, string file = "Top.cs")
    {
        var driver = Driver().RunGeneratorsAndUpdateCompilation(Sources.Compile(text, file), out var completed, out var found, TestContext.Current.CancellationToken);
        Assert.Empty(found);
        Assert.All(driver.GetRunResult().Results, result => Assert.Null(result.Exception));
        Assert.DoesNotContain(completed.GetDiagnostics(TestContext.Current.CancellationToken), d => d.Severity >= DiagnosticSeverity.Warning);
        return (CSharpCompilation)completed;
    }

    /// <summary>The generated file whose name ends so.</summary>
    public static string Text(Compilation completed, string file) =>
        completed.SyntaxTrees.Single(tree => tree.FilePath.EndsWith(file, StringComparison.Ordinal)).ToString();

    /// <summary>Both generators, with their steps recorded.</summary>
    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new BundleGenerator().AsSourceGenerator(), new LocalNameGenerator().AsSourceGenerator()],
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true),
        parseOptions: new CSharpParseOptions(LanguageVersion.Latest));

    /// <summary>Elaborates the class <c>Top</c> of a compilation.</summary>
    public static Netlist.Design Elaborate(CSharpCompilation completed)
    {
        using var image = new MemoryStream();
        var result = completed.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return Elaborator.Elaborate((Module)Activator.CreateInstance(System.Reflection.Assembly.Load(image.ToArray()).GetType("Top")!)!);
    }
}
