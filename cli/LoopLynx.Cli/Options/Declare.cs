using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace LoopLynx.Cli.Options;

/// <summary>
/// Declares options: name, range or allowed values, and the value without the option. Numbers are read alike in every language: a real number has a point,
/// because with a comma it means two things to two people.
/// </summary>
public static class Declare
{
    /// <summary>Something that is on or off.</summary>
    public static DeclaredOption<bool> Flag(string name, string description) => new(new Option<bool>(name) { Description = description }, _ => null);

    /// <summary>The switch that every command with a report has.</summary>
    public static DeclaredOption<bool> Json() => Flag("--json", "print one JSON object");

    /// <summary>Any text.</summary>
    public static DeclaredOption<string> Text(string name, string description, string fallback) =>
        new(new Option<string>(name) { Description = description, DefaultValueFactory = _ => fallback }, _ => null);

    /// <summary>Any text, without which there is none.</summary>
    public static DeclaredOption<string?> OptionalText(string name, string description) =>
        new(new Option<string?>(name) { Description = description }, _ => null);

    /// <summary>A text that must be given.</summary>
    public static DeclaredOption<string> RequiredText(string name, string description) =>
        new(new Option<string>(name) { Description = description, Required = true }, _ => null);

    /// <summary>Any number of texts.</summary>
    public static DeclaredOption<string[]> Texts(string name, string description, bool severalPerOption = false) =>
        new(
            new Option<string[]>(name) { Description = description, DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = severalPerOption },
            _ => null);

    /// <summary>One of some names.</summary>
    /// <param name="name">As it is typed: <c>--engine</c>.</param>
    /// <param name="description">For the help.</param>
    /// <param name="fallback">The name without the option; null: none.</param>
    /// <param name="names">The names.</param>
    /// <param name="rule">What to say of another one; null: the names.</param>
    public static DeclaredOption<string?> Choice(string name, string description, string? fallback, IReadOnlyList<string> names, string? rule = null)
    {
        var option = new Option<string?>(name) { Description = description };
        if (fallback is not null)
        {
            option.DefaultValueFactory = _ => fallback;
        }

        var refusal = rule is null ? $" is unknown; use {string.Join(names.Count == 2 ? " or " : ", ", names)}" : $": {rule}";
        return new(option, value => value == fallback || names.Contains(value) ? null : refusal);
    }

    /// <summary>A whole number in a range.</summary>
    /// <param name="name">As it is typed: <c>--tokens</c>.</param>
    /// <param name="description">For the help.</param>
    /// <param name="fallback">The number without the option.</param>
    /// <param name="least">Smallest number.</param>
    /// <param name="most">Largest number.</param>
    /// <param name="rule">What to say of another one; null: the range.</param>
    public static DeclaredOption<int> Integer(
        string name, string description, int fallback, int least = int.MinValue, int most = int.MaxValue, string? rule = null)
    {
        var range = Range(least, most);
        var option = new Option<int>(name)
        {
            Description = description,
            DefaultValueFactory = _ => fallback,
            CustomParser = result => Integer(result, name, range) ?? fallback,
        };
        return new(option, value => value >= least && value <= most ? null : $": {rule ?? $"use {range}"}");
    }

    /// <summary>The same without a number where the option isn't there.</summary>
    public static DeclaredOption<int?> OptionalInteger(string name, string description, int least = int.MinValue, int most = int.MaxValue)
    {
        var range = Range(least, most);
        var option = new Option<int?>(name) { Description = description, CustomParser = result => Integer(result, name, range) };
        return new(option, value => value is null || (value >= least && value <= most) ? null : $": use {range}");
    }

    /// <summary>A seed of random numbers: any whole number of 64 bits that isn't negative.</summary>
    public static DeclaredOption<ulong> Seed(string name, string description, ulong fallback) => new(
        new Option<ulong>(name)
        {
            Description = description,
            DefaultValueFactory = _ => fallback,
            CustomParser = result => ulong.TryParse(TextOf(result), NumberStyles.Integer, CultureInfo.InvariantCulture, out var seed)
                ? seed
                : Refuse<ulong>(result, name, $"a whole number from 0 to {ulong.MaxValue}") ?? fallback,
        },
        _ => null);

    /// <summary>A real number in a range; what is outside is a wrong command line.</summary>
    /// <param name="name">As it is typed: <c>--temperature</c>.</param>
    /// <param name="description">For the help.</param>
    /// <param name="least">Smallest number.</param>
    /// <param name="most">Largest number.</param>
    /// <param name="fallback">The number without the option.</param>
    public static DeclaredOption<double> Number(string name, string description, double least, double most, double fallback) => new(
        new Option<double>(name)
        {
            Description = description,
            DefaultValueFactory = _ => fallback,
            CustomParser = result => Number(result, name, least, most) ?? fallback,
        },
        _ => null);

    /// <summary>The same without a number where the option isn't there.</summary>
    public static DeclaredOption<double?> OptionalNumber(string name, string description, double least, double most) =>
        new(new Option<double?>(name) { Description = description, CustomParser = result => Number(result, name, least, most) }, _ => null);

    private static string Range(int least, int most) =>
        least == int.MinValue ? "a whole number"
        : most == int.MaxValue ? FormattableString.Invariant($"a whole number of at least {least}")
        : FormattableString.Invariant($"a whole number from {least} to {most}");

    private static int? Integer(ArgumentResult result, string name, string range) =>
        int.TryParse(TextOf(result), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : Refuse<int>(result, name, range);

    private static double? Number(ArgumentResult result, string name, double least, double most) =>
        double.TryParse(TextOf(result), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : Refuse<double>(result, name, FormattableString.Invariant($"a number from {least} to {most}, with a point: 1.5"));

    private static T? Refuse<T>(ArgumentResult result, string name, string range) where T : struct
    {
        result.AddError($"{name} '{TextOf(result)}': use {range}");
        return null;
    }

    private static string TextOf(ArgumentResult result) => result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
}
