using System.Reflection;
using LoopLynx.Fuzz.Designs;
using LoopLynx.Fuzz.Engines;
using LoopLynx.Hdl;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoopLynx.Fuzz.Tests;

/// <summary>The printed C# compiles to a design that does the same.</summary>
public class CSharpPrinterTests
{
    private const int Cycles = 30;

    [Fact]
    public void Printed_designs_compile_and_do_the_same()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var design = Elaborator.ElaborateUnchecked(RandomTop.Of(new Decisions(seed)));
            var text = CSharpPrinter.Print(design);
            var top = (Hdl.Module)Activator.CreateInstance(Compile(text).GetType(design.Top.Name)!)!;
            var (expected, _) = CompiledCheck.Run(design, [], Cycles, seed, TestContext.Current.CancellationToken);
            var (actual, _) = CompiledCheck.Run(Elaborator.ElaborateUnchecked(top), [], Cycles, seed, TestContext.Current.CancellationToken);
            Assert.True(expected.Outputs.SelectMany(o => o).SelectMany(o => o).SequenceEqual(actual.Outputs.SelectMany(o => o).SelectMany(o => o)), $"seed {seed}\n{text}");
        }
    }

    private static Assembly Compile(string text)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create($"printed{Guid.NewGuid():N}", [CSharpSyntaxTree.ParseText(text, cancellationToken: TestContext.Current.CancellationToken)], references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var result = compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, $"{result.Diagnostics.FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error)}\n{text}");
        return Assembly.Load(image.ToArray());
    }
}
