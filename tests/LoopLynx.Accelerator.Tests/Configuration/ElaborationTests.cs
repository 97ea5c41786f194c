namespace LoopLynx.Accelerator.Tests.Configuration;

/// <summary>Whatever the rules allow can be built, and the smallest sizes above all: a bus that is one bit wide, a table with one row, a context of two.</summary>
public class ElaborationTests
{
    private const int Wanted = 60;

    [Fact]
    public void Every_configuration_that_the_rules_allow_elaborates()
    {
        var random = new Random(1);
        var failures = new List<string>();
        for (var built = 0; built < Wanted;)
        {
            if (Allowed(Draw(random)) is not { } configuration)
            {
                continue;
            }

            built++;
            try
            {
                Elaborator.Elaborate(new LoopLynxNode(configuration));
            }
            catch (DesignException e)
            {
                failures.Add($"{configuration}: {e.Message}");
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    private static NodeConfiguration Draw(Random random)
    {
        T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];
        var (heads, headDim) = (Pick(1, 2, 3, 4), Pick(1, 2, 4, 8, 16, 32, 64, 128));
        return new NodeConfiguration(
            Layers: Pick(1, 2, 3), Heads: heads, Embed: heads * headDim, FeedForward: Pick(4, 8, 16, 32, 64, 96, 128, 256), Context: Pick(2, 3, 4, 16, 17, 64),
            Channels: Pick(1, 2, 4, 8), Lanes: Pick(4, 8, 16, 32))
        {
            HeadPipeline = Pick(true, false),
            PrefetchBeats = Pick(32, 33, 64),
        };
    }

    private static NodeConfiguration? Allowed(NodeConfiguration configuration)
    {
        try
        {
            return configuration.Validated();
        }
        catch (ConfigurationException)
        {
            return null;
        }
    }
}
