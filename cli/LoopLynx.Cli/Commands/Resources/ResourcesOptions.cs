using System.CommandLine;
using LoopLynx.Cli.Options;

namespace LoopLynx.Cli.Commands;

/// <summary>The options of <c>resources</c>.</summary>
public sealed class ResourcesOptions : OptionSet<MappingRequest>
{
    private readonly MappingOptions _mapping = new();

    /// <inheritdoc/>
    public override void AddTo(Command command)
    {
        command.Add(Json.Option);
        _mapping.AddTo(command);
    }

    /// <inheritdoc/>
    public override MappingRequest Bind(ParseResult parsed) => _mapping.Bind(parsed);
}
