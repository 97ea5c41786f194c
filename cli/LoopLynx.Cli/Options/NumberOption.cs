using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace LoopLynx.Cli.Options;

/// <summary>Options with real numbers. A number is written with a point, whatever the computer's language: with a comma it means two things to two people.</summary>
public static class NumberOption
{
    /// <summary>An option with a number in a range.</summary>
    /// <param name="name">As it is typed: <c>--temperature</c>.</param>
    /// <param name="description">For the help.</param>
    /// <param name="least">Smallest number.</param>
    /// <param name="most">Largest number.</param>
    /// <param name="fallback">The number without the option.</param>
    public static Option<double> Create(string name, string description, double least, double most, double fallback) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => fallback,
        CustomParser = result => Parse(result, name, least, most) ?? fallback,
    };

    /// <summary>The same without a number where the option isn't there.</summary>
    public static Option<double?> CreateOptional(string name, string description, double least, double most) => new(name)
    {
        Description = description,
        CustomParser = result => Parse(result, name, least, most),
    };

    private static double? Parse(ArgumentResult result, string name, double least, double most)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} '{text}': use a number from {least} to {most}, with a point: 1.5"));
        return null;
    }
}
