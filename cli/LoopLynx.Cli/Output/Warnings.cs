namespace LoopLynx.Cli.Output;

/// <summary>What a user should know of a run that went well. With <c>--json</c> the lines are in the object, and nowhere else.</summary>
public static class Warnings
{
    /// <summary>Prints the lines on standard error, for a person.</summary>
    public static void Print(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Console.Error.WriteLine($"looplynx: warning: {line}");
        }
    }
}
