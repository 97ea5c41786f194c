using System.Text;

namespace LoopLynx.Hdl;

/// <summary>One mistake that was found in a design.</summary>
/// <param name="Code">Catalogue code; see <c>docs/errors</c>.</param>
/// <param name="Message">What is wrong, with the names and types.</param>
/// <param name="Location">The C# line to change.</param>
/// <param name="Module">The module class in which it was found.</param>
/// <param name="Related">Other places that belong to it.</param>
/// <param name="Help">What to do.</param>
public sealed record Diagnostic(
    string Code,
    string Message,
    SourceLocation Location,
    string Module,
    IReadOnlyList<(string What, SourceLocation Where)> Related,
    string? Help)
{
    /// <summary>Where the module is: instance names from the top, <c>Top.lane0.mac</c>; of instances that share a definition the first.</summary>
    public string? Path { get; init; }

    /// <summary><c>File.cs(31,9): error HDL0102: message</c>, then path and module, related places and help, one line each.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Location.IsKnown)
        {
            text.Append($"{Location.WithColumn()}: ");
        }

        text.Append($"error {Code}: {Message}\n  in {(Path is null || Path == Module ? Module : $"{Path} ({Module})")}");
        foreach (var (what, where) in Related)
        {
            text.Append($"\n  {what} at {where.WithColumn()}");
        }

        if (Help is not null)
        {
            text.Append($"\n  help: {Help}");
        }

        return text.ToString();
    }
}
