namespace LoopLynx.Packages.Tests;

/// <summary>The example that knows the packages only: restored, built and run as a stranger's project.</summary>
public class PackageConsumerTests(PackageFeed feed)
{
    /// <summary>What the example prints.</summary>
    internal const string Printed = "255 227 178 150 104 76 27 0";

    private const string Mistakes = """
        using LoopLynx.Hdl;

        try
        {
            Elaborator.Elaborate(new Wrong());
        }
        catch (DesignException mistakes)
        {
            Console.WriteLine(mistakes.Message);
        }

        public sealed class Wrong : Module
        {
            public readonly Signal A = Input(UInt(8));
            public readonly Signal Y = Output(UInt(8));

            protected override void Build()
            {
                A.Registered();
                Y.Drive(A + 1);
            }
        }
        """;

    [Fact]
    public void It_builds_runs_and_hears_of_mistakes()
    {
        Assert.DoesNotContain("warning", feed.Build(), StringComparison.Ordinal);
        Assert.Equal(Printed, feed.Start().Trim());
        var lines = feed.Start(feed.Folder).Trim().Split('\n');
        Assert.Equal(Path.Combine(feed.Folder, "Grayscale.v"), lines[^1]);
        Assert.Contains("module Grayscale", File.ReadAllText(lines[^1]), StringComparison.Ordinal);

        // The analyzer of the package warns in the build, and elaboration names the user's own line.
        File.WriteAllText(Path.Combine(feed.Consumer, "Program.cs"), Mistakes);
        Assert.Contains("Program.cs(19,9): warning HDL1002: ", feed.Build(), StringComparison.Ordinal);
        Assert.StartsWith("Program.cs(20,9): error HDL0102: ", feed.Start(), StringComparison.Ordinal);

        // Where the compiler refuses the code, the analyzer says what to write.
        File.WriteAllText(Path.Combine(feed.Consumer, "Program.cs"), Mistakes.Replace("A.Registered();", "if (A == 3) { Y.Drive(0); }", StringComparison.Ordinal));
        var refused = feed.Build(exitCode: 1);
        Assert.Contains("Program.cs(19,13): error CS0029", refused, StringComparison.Ordinal);
        Assert.Contains("Program.cs(19,13): warning HDL1001: ", refused, StringComparison.Ordinal);
    }
}
