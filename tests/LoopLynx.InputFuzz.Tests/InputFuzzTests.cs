using LoopLynx.Host;

namespace LoopLynx.InputFuzz.Tests;

/// <summary>Mutated inputs: every one ends as its mutation declares, in time, and leaves nothing.</summary>
public sealed class InputFuzzTests
{
    private const string LongVariable = "LOOPLYNX_LONG_TESTS";
    private const int Cases = 600, LongCases = 10_000;

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    // 10,000 cases with LOOPLYNX_LONG_TESTS=1; tests/LoopLynx.InputFuzz runs any number.
    [Fact]
    public async Task Every_case_ends_as_declared()
    {
        var count = Environment.GetEnvironmentVariable(LongVariable) == "1" ? LongCases : Cases;
        var report = await new InputFuzzer(0, count, Environment.ProcessorCount).Run(cancel: Test);
        Assert.Equal(count, report.Verdicts.Count);
        Assert.True(report.Failures.Count == 0, report.ToString());
        Assert.Equal((0, 0, 0), (report.Count(OutcomeKind.Crashed), report.Count(OutcomeKind.Hung), report.Count(OutcomeKind.LeftFiles)));
        Assert.InRange(report.Count(OutcomeKind.Refused), count / 3, count);
        Assert.InRange(report.Count(OutcomeKind.Ran), count / 10, count);
    }

    [Fact]
    public void The_same_number_is_the_same_case()
    {
        var sound = TinyModel.Create();
        for (var number = 0; number < 200; number++)
        {
            Assert.Equal(Case.Of(number, sound).Name, Case.Of(number, sound).Name);
        }
    }

    [Fact]
    public void The_unchanged_checkpoint_is_sound()
    {
        var folder = Directory.CreateTempSubdirectory("looplynx-sound-").FullName;
        try
        {
            TinyModel.Create().Write(folder);
            Assert.Empty(LoadedModel.Load(folder, cancel: Test).Warnings);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(OutcomeKind.Crashed)]
    [InlineData(OutcomeKind.Hung)]
    [InlineData(OutcomeKind.LeftFiles)]
    public void No_expectation_accepts_a_crash_a_hang_or_a_leftover(OutcomeKind kind) =>
        Assert.False(new Expectation(Allowed.Refused | Allowed.Same | Allowed.Warned | Allowed.Unnoticed).Accepts(Outcome.Of(kind, "x"), []));

    [Fact]
    public void Other_ids_without_a_word_are_no_success_unless_a_reason_was_given()
    {
        var silent = new Outcome(OutcomeKind.Ran, "", [1, 2], []);
        Assert.False(Expectation.Same.Accepts(silent, [1, 3]));
        Assert.False(Expectation.Refused.Accepts(silent, [1, 2]));
        Assert.False(Expectation.Warned("x").Accepts(silent, [1, 3]));
        Assert.True(Expectation.Unnoticed("because").Accepts(silent, [1, 3]));
        Assert.False(Expectation.Refused.Accepts(Outcome.Of(OutcomeKind.Refused, "two\nlines"), []));
    }
}
