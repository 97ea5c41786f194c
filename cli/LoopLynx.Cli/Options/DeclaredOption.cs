using System.CommandLine;
using LoopLynx.Cli.Output;

namespace LoopLynx.Cli.Options;

/// <summary>An option with the values that it takes.</summary>
/// <param name="option">How it is typed, told and read. A text that is no value of the type is a wrong command line.</param>
/// <param name="refusal">What is wrong with a value and what to use, behind the option and the value; null: nothing is.</param>
public sealed class DeclaredOption<T>(Option<T> option, Func<T, string?> refusal)
{
    /// <summary>The option of the command line.</summary>
    public Option<T> Option => option;

    /// <summary>The value on a command line, or the one without the option.</summary>
    /// <exception cref="UsageException">It isn't one of the values that the option takes.</exception>
    public T Of(ParseResult parsed)
    {
        var value = parsed.GetValue(option)!;
        return refusal(value) is { } rule ? throw new UsageException(FormattableString.Invariant($"{option.Name} {value}{rule}")) : value;
    }
}
