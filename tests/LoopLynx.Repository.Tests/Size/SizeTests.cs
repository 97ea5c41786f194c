namespace LoopLynx.Repository.Tests.Size;

/// <summary>No member of production is larger than a thought, apart from the committed exceptions, of which there may only be fewer.</summary>
public sealed class SizeTests
{
    [Fact]
    public void Members_are_within_the_limits()
    {
        var files = Production.Parse();
        Assert.True(files.Count > 300, "the sources aren't where this test looks for them");
        var fields = new SignalFields(files.Select(f => f.Tree));
        var findings = files.AsParallel().AsOrdered().SelectMany(f => MemberCounter.Count(f.File, f.Tree).Concat(fields.Count(f.File, f.Tree))).ToArray();
        Assert.True(findings.Count(f => f.Measure == Measure.Lines) > 3000, "members are missing");

        // Whoever has made members smaller writes the list anew; larger ones aren't written.
        if (Environment.GetEnvironmentVariable("LOOPLYNX_RECORD") == "1")
        {
            SizeExceptions.Shrink(findings);
        }

        string[] problems = [.. SizeExceptions.Compare(findings, File.ReadAllLines(Production.Path(SizeExceptions.File)))];
        Assert.True(problems.Length == 0, string.Join('\n', problems));
    }
}
