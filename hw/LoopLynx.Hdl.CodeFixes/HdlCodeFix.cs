using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Formatting;

namespace LoopLynx.Hdl.CodeFixes;

/// <summary>A fix that replaces one piece of syntax.</summary>
public abstract class HdlCodeFix(string id) : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = [id];

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (root is null || Fix(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true), diagnostic) is not { } fix)
            {
                continue;
            }

            var fixedRoot = root.ReplaceNode(fix.Old, fix.New.WithTriviaFrom(fix.Old).WithAdditionalAnnotations(Formatter.Annotation));
            context.RegisterCodeFix(CodeAction.Create(fix.Title, _ => Task.FromResult(context.Document.WithSyntaxRoot(fixedRoot)), fix.Title), diagnostic);
        }
    }

    /// <summary>What to replace by what; null where the code has a shape that can't be fixed.</summary>
    protected abstract Replacement? Fix(SyntaxNode node, Diagnostic diagnostic);

    /// <summary>One replacement and its name in the editor's menu.</summary>
    protected sealed class Replacement(string title, SyntaxNode old, SyntaxNode replacement)
    {
        /// <summary>In the imperative.</summary>
        public string Title { get; } = title;

        /// <summary>The syntax that goes.</summary>
        public SyntaxNode Old { get; } = old;

        /// <summary>The syntax that comes.</summary>
        public SyntaxNode New { get; } = replacement;
    }
}
