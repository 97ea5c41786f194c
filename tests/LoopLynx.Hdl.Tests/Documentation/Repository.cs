using System.Runtime.CompilerServices;

namespace LoopLynx.Hdl.Tests.Documentation;

/// <summary>Files of this repository, found from where the tests were compiled.</summary>
internal static class Repository
{
    public static string Path(string relative, [CallerFilePath] string here = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "../../..", relative));

    public static string Read(string relative) => File.ReadAllText(Path(relative)).ReplaceLineEndings("\n");
}
