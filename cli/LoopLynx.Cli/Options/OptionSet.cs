using System.CommandLine;
using LoopLynx.Cli.Output;

namespace LoopLynx.Cli.Options;

/// <summary>The options of a command, and the request that they make.</summary>
/// <typeparam name="TRequest">A record of everything that the command is asked for.</typeparam>
public abstract class OptionSet<TRequest>
{
    /// <summary>Whether the report is wanted as JSON.</summary>
    public DeclaredOption<bool> Json { get; } = Declare.Json();

    /// <summary>Adds the options to a command, in the order of its help.</summary>
    public abstract void AddTo(Command command);

    /// <summary>The request of a command line.</summary>
    /// <exception cref="UsageException">A value isn't one that its option takes.</exception>
    public abstract TRequest Bind(ParseResult parsed);
}
