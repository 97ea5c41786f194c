using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoopLynx.Sim.Compiled;

/// <summary>C# text to an assembly image, in memory.</summary>
internal static class KernelCompiler
{
    private static readonly Lazy<MetadataReference[]> References = new(FindReferences);

    /// <summary>Compiles optimised, unsafe code. An error is a mistake of the generator and shows its line.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> asks for it.</exception>
    public static byte[] Compile(string source, CancellationToken cancel)
    {
        var tree = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest), cancellationToken: cancel);
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true)
            .WithWarningLevel(0);
        var compilation = CSharpCompilation.Create($"LoopLynx.Kernel.{Guid.NewGuid():N}", [tree], References.Value, options);
        using var image = new MemoryStream();
        var result = compilation.Emit(image, cancellationToken: cancel);
        var error = result.Diagnostics.FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error);
        if (error is not null)
        {
            var line = error.Location.GetLineSpan().StartLinePosition.Line;
            throw new SimulationException($"the generated simulator doesn't compile: {error.GetMessage()} in '{source.Split('\n')[line].Trim()}'") { Data = { ["source"] = source } };
        }

        return image.ToArray();
    }

    private static MetadataReference[] FindReferences()
    {
        var trusted = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator);
        string[] needed = ["System.Private.CoreLib", "System.Runtime", "System.Runtime.Intrinsics"];
        return [
            .. trusted.Where(path => needed.Contains(Path.GetFileNameWithoutExtension(path))).Select(path => MetadataReference.CreateFromFile(path)),
            MetadataReference.CreateFromFile(typeof(WideWords).Assembly.Location)];
    }
}
