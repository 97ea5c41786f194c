using System.CommandLine;
using System.Globalization;
using LoopLynx.Cli.Options;
using LoopLynx.Cli.Output;

namespace LoopLynx.Cli.Tests;

/// <summary>What options take is declared with them, and read alike in every language.</summary>
public sealed class DeclareTests
{
    private static readonly DeclaredOption<int> Jobs = Declare.Integer("--jobs", "", 4, 1, 16);

    [Theory]
    [InlineData("1", 1)]
    [InlineData("16", 16)]
    [InlineData("+7", 7)]
    public void A_whole_number_of_the_range(string text, int value) => Assert.Equal(value, Jobs.Of(Parse(Jobs, text)));

    [Theory]
    [InlineData("0")]
    [InlineData("17")]
    [InlineData("-1")]
    public void A_whole_number_outside_the_range_is_refused_with_option_value_and_range(string text) =>
        Assert.Equal($"--jobs {text}: use a whole number from 1 to 16", Assert.Throws<UsageException>(() => Jobs.Of(Parse(Jobs, text))).Message);

    [Theory]
    [InlineData("two")]
    [InlineData("1.5")]
    [InlineData("1,000")]
    [InlineData("99999999999")]
    [InlineData("\u0663")]
    public void A_text_that_is_no_whole_number_is_a_wrong_command_line(string text) =>
        Assert.Equal($"--jobs '{text}': use a whole number from 1 to 16", Assert.Single(Parse(Jobs, text).Errors).Message);

    [Fact]
    public void Without_the_option_there_is_the_declared_value() => Assert.Equal(4, Jobs.Of(Parse(Jobs)));

    [Theory]
    [InlineData("0.5", 0.5)]
    [InlineData("1e-3", 0.001)]
    public void A_real_number_has_a_point_in_every_language(string text, double value)
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            var option = Declare.Number("--temperature", "", 0, 2, 1);
            Assert.Equal(value, option.Of(Parse(option, text)));
            Assert.Equal(
                "--temperature '1,5': use a number from 0 to 2, with a point: 1.5", Assert.Single(Parse(option, "1,5").Errors).Message);
            var position = Declare.OptionalInteger("--position", "");
            Assert.Equal(-1, position.Of(Parse(position, "-1")));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("2.1")]
    public void Anything_else_is_no_real_number_of_the_range(string text)
    {
        var option = Declare.OptionalNumber("--minutes", "", 0, 2);
        Assert.Equal($"--minutes '{text}': use a number from 0 to 2, with a point: 1.5", Assert.Single(Parse(option, text).Errors).Message);
        Assert.Null(option.Of(Parse(option)));
    }

    [Theory]
    [InlineData("--engine magic is unknown; use a, b, c", null)]
    [InlineData("--engine magic: it is a, b or c", "it is a, b or c")]
    public void Another_name_is_refused_with_the_names(string message, string? rule)
    {
        var option = Declare.Choice("--engine", "", "a", ["a", "b", "c"], rule);
        Assert.Equal("c", option.Of(Parse(option, "c")));
        Assert.Equal("a", option.Of(Parse(option)));
        Assert.Equal(message, Assert.Throws<UsageException>(() => option.Of(Parse(option, "magic"))).Message);
    }

    [Fact]
    public void A_seed_is_not_negative()
    {
        var option = Declare.Seed("--seed", "", 1);
        Assert.Equal(ulong.MaxValue, option.Of(Parse(option, "18446744073709551615")));
        Assert.Equal("--seed '-1': use a whole number from 0 to 18446744073709551615", Assert.Single(Parse(option, "-1").Errors).Message);
    }

    private static ParseResult Parse<T>(DeclaredOption<T> option, params string[] values) =>
        new Command("test") { option.Option }.Parse([.. values.Select(value => $"{option.Option.Name}={value}")]);
}
