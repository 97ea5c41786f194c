using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LoopLynx.Hdl.Analyzers;

/// <summary>Completes every <c>[Bundle] partial record struct</c>. One that it can't complete is HDL1010's.</summary>
[Generator]
public sealed class BundleGenerator : IIncrementalGenerator
{
    /// <summary>The step whose outputs say whether anything had to be written again.</summary>
    public const string Step = "Bundles";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // The whole text is the model: texts are equal by value, so that an edit elsewhere writes nothing.
        var bundles = context.SyntaxProvider.ForAttributeWithMetadataName("LoopLynx.Hdl.BundleAttribute",
            (node, _) => node is RecordDeclarationSyntax, (found, _) => Text((INamedTypeSymbol)found.TargetSymbol)).WithTrackingName(Step);
        context.RegisterSourceOutput(bundles, (output, bundle) =>
        {
            if (bundle.Text is not null)
            {
                output.AddSource(bundle.File, bundle.Text);
            }
        });
    }

    private static (string File, string? Text) Text(INamedTypeSymbol type)
    {
        var name = type.ToDisplayString().Replace('<', '_').Replace('>', '_');
        return ($"{name}.Bundle.g.cs", BundleShape.Mistake(type) is null ? new BundleText(type, BundleField.Of(type)!).Write() : null);
    }
}
