using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace LoopLynx.Hdl.Analyzers.Tests;

/// <summary>Texts of hardware, compiled in memory against the language as this process has it.</summary>
internal static class Sources
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using LoopLynx.Hdl;
        global using LoopLynx.Sim;
        global using LoopLynx.Testing;
        global using static LoopLynx.Hdl.Hardware;
        """;

    /// <summary>Every assembly that the tests can load.</summary>
    public static IReadOnlyList<MetadataReference> References { get; } = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>A file with the usings that a project of hardware has.</summary>
    public static CSharpCompilation Compile(string text, string file) => CSharpCompilation.Create("Hardware",
        [Parse(Usings, "Usings.cs"), Parse(text, file)], References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>Statements inside the <c>Build</c> of a module with some ports.</summary>
    public static string InBuild(string statements) => $$"""
        public sealed class Child : Module
        {
            public readonly Signal A = Input(UInt(8));
            public readonly Signal Y = Output(UInt(8));
            protected override void Build() => Y.Drive(A);
        }

        public sealed class Top : Module
        {
            public readonly Signal A = Input(UInt(8));
            public readonly Signal B = Input(UInt(8) * 4);
            public readonly Signal C = Input(Bit);
            public readonly Signal Y = Output(UInt(8));
            public readonly StreamIn<Signal> S = In(UInt(8));
            public readonly StreamOut<Signal> Z = Out(UInt(8));

            protected override void Build()
            {
                {{statements}}
            }
        }
        """;

    /// <summary>The text without its <c>[|</c> and <c>|]</c>, and the spans that they mark.</summary>
    public static (string Text, IReadOnlyList<TextSpan> Spans) Unmark(string marked)
    {
        var spans = new List<TextSpan>();
        while (marked.IndexOf("[|", StringComparison.Ordinal) is >= 0 and var start)
        {
            marked = marked.Remove(start, 2);
            var end = marked.IndexOf("|]", start, StringComparison.Ordinal);
            marked = marked.Remove(end, 2);
            spans.Add(TextSpan.FromBounds(start, end));
        }

        return (marked, spans);
    }

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest), path);
}
