namespace LoopLynx.Fuzz.Tests;

/// <summary>Shrinking finds the small list in a large one.</summary>
public class ShrinkerTests
{
    [Fact]
    public void What_does_not_matter_goes_away()
    {
        var random = new Random(1);
        int[] choices = [.. Enumerable.Range(0, 300).Select(_ => random.Next(1000)), 17, 40, .. Enumerable.Range(0, 100)];
        var smallest = Shrinker.Run(choices, list => list.Zip(list.Skip(1)).Any(p => p.First >= 17 && p.Second >= 40) ? list : null, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal([17, 40], smallest);
    }
}
