using LoopLynx.Cli.Output;
using LoopLynx.Runtime;

namespace LoopLynx.Cli.Tests;

/// <summary>One writer for text and JSON, which writes no number that isn't finite.</summary>
public sealed class ReportWriterTests
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private CommandConsole Console => new(_output, _error);

    [Fact]
    public void A_person_reads_text_and_warnings_apart()
    {
        ReportWriter.Write(new Planted(1.5, null), json: false, Console);
        Assert.Equal(($"1.5 times{Environment.NewLine}", $"looplynx: warning: odd{Environment.NewLine}"), ($"{_output}", $"{_error}"));
    }

    [Fact]
    public void Json_is_one_object_on_one_line()
    {
        ReportWriter.Write(new Planted(1.5, null), json: true, Console);
        Assert.Equal(($"{{\"ratio\":1.5,\"rows\":[{{\"share\":0.25}}]}}{Environment.NewLine}", ""), ($"{_output}", $"{_error}"));
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_number_that_is_not_finite_is_one_line_and_no_report(double number, string name)
    {
        foreach (var json in new[] { false, true })
        {
            var error = Assert.Throws<ReportException>(() => ReportWriter.Write(new Planted(number, null), json, Console));
            Assert.Equal($"the report isn't written: its field 'ratio' is {name}, and every number of a report is finite", error.Message);
            Assert.Equal(error.Message, Commands.Refusal.Message(error));
        }

        Assert.Equal(
            "the report isn't written: its field 'rows[0].share' is NaN, and every number of a report is finite",
            Assert.Throws<ReportException>(() => ReportWriter.Write(new Planted(1, null) { Share = float.NaN }, json: true, Console)).Message);
        Assert.Equal(("", ""), ($"{_output}", $"{_error}"));
    }

    [Fact]
    public void A_difference_is_said_after_the_report()
    {
        Assert.Equal("not equal", Assert.Throws<DifferenceException>(() => ReportWriter.Write(new Planted(1, "not equal"), json: false, Console)).Message);
        Assert.StartsWith("1 times", $"{_output}", StringComparison.Ordinal);
    }

    private sealed record Planted(double Ratio, string? Wrong) : Report
    {
        public float Share { get; init; } = 0.25f;

        public override object Json => new { Ratio, Rows = new[] { new { Share } } };

        public override IReadOnlyList<string> Warnings => ["odd"];

        public override string? Difference => Wrong;

        public override void WriteText(TextWriter output) => output.WriteLine($"{Ratio} times");
    }
}
