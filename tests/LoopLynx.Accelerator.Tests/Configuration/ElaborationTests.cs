using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Configuration;

/// <summary>Whatever the rules allow can be built, and the smallest sizes above all: a bus that is one bit wide, a table with one row, a context of two.</summary>
public class ElaborationTests
{
    [Fact]
    public void Every_configuration_that_the_rules_allow_elaborates()
    {
        var failures = new List<string>();
        foreach (var configuration in RandomConfigurations.Draw(seed: 1, count: 60, widestEmbed: 512))
        {
            try
            {
                Machine.Elaborate(configuration);
            }
            catch (DesignException e)
            {
                failures.Add($"{configuration}: {e.Message}");
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }
}
