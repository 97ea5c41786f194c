using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LoopLynx.Repository.Tests.Size;

/// <summary>The sources of everything that isn't a test or an example.</summary>
internal static class Production
{
    private static readonly string[] Folders = ["hw", "host", "sim", "gen", "verilator", "bench", "cli"];

    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview);

    /// <summary>A file of the repository.</summary>
    public static string Path(string relative, [CallerFilePath] string here = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "../../..", relative));

    /// <summary>Every file with its syntax, in the order of their paths.</summary>
    public static IReadOnlyList<(string File, SyntaxTree Tree)> Parse() =>
    [
        .. Files().AsParallel().AsOrdered().Select(file => (file, Parse(File.ReadAllText(Path(file))))),
    ];

    /// <summary>The syntax of a text.</summary>
    public static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, Options);

    private static IEnumerable<string> Files()
    {
        var root = Path("");
        return Folders.SelectMany(folder => Directory.EnumerateFiles(Path(folder), "*.cs", SearchOption.AllDirectories))
            .Select(file => System.IO.Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal);
    }
}
