namespace LoopLynx.Repository.Tests.Size;

/// <summary>The list of exceptions may only shrink.</summary>
public sealed class ExceptionTests
{
    private static readonly Finding Long = new("sim/A.cs", "A.Run", Measure.Lines, 70);

    [Theory]
    [InlineData("sim/A.cs A.Run lines 70", "")]
    [InlineData("sim/A.cs A.Run lines 69", "sim/A.cs A.Run lines 70: at most 69")]
    [InlineData("sim/A.cs A.Run lines 71", "sim/A.cs A.Run lines 70: its exception says 71; write 70")]
    [InlineData("sim/A.cs A.Run lines 70\nsim/A.cs A.Stop lines 80", "sim/A.cs A.Stop lines: the exception isn't needed any more; remove it")]
    [InlineData("sim/A.cs A.Run statements 70",
        "sim/A.cs A.Run lines 70: at most 60\nsim/A.cs A.Run statements: the exception isn't needed any more; remove it")]
    public void It_fits_what_is_counted(string exceptions, string problems) =>
        Assert.Equal(problems, string.Join('\n', SizeExceptions.Compare([Long], exceptions.Split('\n'))));

    [Fact]
    public void It_is_for_some_folders_only()
    {
        var elsewhere = Long with { File = "host/A.cs" };
        Assert.Equal(
            $"host/A.cs A.Run lines: only {string.Join(", ", SizeExceptions.Folders)} may have exceptions",
            Assert.Single(SizeExceptions.Compare([elsewhere], [$"{elsewhere}"])));
    }
}
