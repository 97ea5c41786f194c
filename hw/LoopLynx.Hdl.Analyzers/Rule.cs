namespace LoopLynx.Hdl.Analyzers;

/// <summary>What the descriptors of all rules have in common.</summary>
internal static class Rule
{
    /// <summary>The category that <c>.editorconfig</c> knows: <c>dotnet_analyzer_diagnostic.category-Hardware.severity</c>.</summary>
    public const string Category = "Hardware";

    /// <summary>The pages of the rules, relative to the repository.</summary>
    public const string Pages = "docs/errors/";
}
