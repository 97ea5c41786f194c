using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Checks;

/// <summary>HDL0213: a path that leads through an instance without a register, where the design asks for instances without such.</summary>
internal static class PassageCheck
{
    /// <summary>Checks the instances that many levels below the top; of those that share a definition the first.</summary>
    public static void Run(Definition top, int depth, List<Diagnostic> diagnostics)
    {
        var seen = new HashSet<Definition>();
        Walk(top, top.ModuleType, depth, seen, diagnostics);
    }

    private static void Walk(Definition definition, string path, int depth, HashSet<Definition> seen, List<Diagnostic> diagnostics)
    {
        foreach (var instance in definition.Instances)
        {
            if (depth > 1)
            {
                Walk(instance.Definition, $"{path}.{instance.Name}", depth - 1, seen, diagnostics);
            }
            else if (seen.Add(instance.Definition) && Passages(instance.Definition) is { Length: > 0 } passages)
            {
                diagnostics.Add(new Diagnostic("HDL0213", $"paths lead through '{instance.Name}' without a register: {string.Join(", ", passages.Take(3))}{(passages.Length > 3 ? $" and {passages.Length - 3} more" : "")}",
                    instance.Location, definition.ModuleType, [], "put a register on the way, for a stream with Isolate, or leave RegisteredDepth out")
                { Path = path });
            }
        }
    }

    private static string[] Passages(Definition definition) =>
        [.. CombinationalPaths.Of(definition).Where(p => p.Value.Count > 0).Select(p => $"{p.Value.Order(StringComparer.Ordinal).First()} -> {p.Key}").Order(StringComparer.Ordinal)];
}
