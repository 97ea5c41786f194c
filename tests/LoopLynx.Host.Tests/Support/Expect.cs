namespace LoopLynx.Host.Tests;

/// <summary>Checks of error texts.</summary>
internal static class Expect
{
    /// <summary>The action fails with exactly this message, which is one line.</summary>
    public static void Error(string message, Action action)
    {
        HostException error = Assert.Throws<HostException>(action);
        Assert.Equal(message, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }
}
